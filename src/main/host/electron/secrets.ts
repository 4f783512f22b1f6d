import { safeStorage } from 'electron'
import { AppError } from '../../../shared/contract/failure.ts'
import type { Secrets } from '../../integrations/secrets.ts'

/**
 * Passwords encrypted by the operating system's keyring. Where Linux has none, Chromium would only scramble them
 * (`basic_text`), so the key file of the workspace is used instead, which at least is not the same key everywhere.
 */
export async function systemSecrets(keyFile: Secrets): Promise<Secrets> {
  if (!(await hasKeyring())) return keyFile
  return {
    keptBy: 'system',
    encrypt: plain =>
      hasAsync() ? safeStorage.encryptStringAsync(plain) : Promise.resolve(safeStorage.encryptString(plain)),
    async decrypt(ciphertext, scheme) {
      // What a browser host or the worker stored in this workspace can be read here too.
      if (scheme === 'key_file') return keyFile.decrypt(ciphertext, scheme)
      try {
        const bytes = Buffer.from(ciphertext)
        return hasAsync() ? (await safeStorage.decryptStringAsync(bytes)).result : safeStorage.decryptString(bytes)
      } catch {
        throw new AppError(
          'unavailable',
          'The stored password cannot be read: the keyring of this machine does not know it. Enter it again under Accounts.',
        )
      }
    },
  }
}

// The asynchronous calls came after Electron 33; 45 calls the others deprecated.
function hasAsync(): boolean {
  return 'encryptStringAsync' in safeStorage
}

async function hasKeyring(): Promise<boolean> {
  const isAvailable = hasAsync() ? await safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable()
  if (!isAvailable) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}
