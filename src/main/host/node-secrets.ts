import { createCipheriv, createDecipheriv } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/contract/failure.ts'
import type { Secrets } from '../integrations/secrets.ts'
import type { Random } from '../kernel/random.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Passwords encrypted with AES-256-GCM under a key file of mode 0600 in the workspace: they are unreadable in a copy of
 * the database alone. Who can read the whole folder can read them; the interface says so.
 */
export function keyFileSecrets(folder: string, random: Random): Secrets {
  let key: Promise<Uint8Array> | null = null
  const theKey = (): Promise<Uint8Array> => {
    key ??= readOrMakeKey(folder, random)
    return key
  }
  return {
    keptBy: 'key_file',
    async encrypt(plain) {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', await theKey(), nonce)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    async decrypt(ciphertext, scheme) {
      if (scheme !== 'key_file') throw unreadable('It was encrypted by the desktop application of this machine.')
      const bytes = Buffer.from(ciphertext)
      try {
        const decipher = createDecipheriv('aes-256-gcm', await theKey(), bytes.subarray(0, NONCE_BYTES))
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const body = bytes.subarray(NONCE_BYTES + TAG_BYTES)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        throw unreadable('The key file of this workspace is missing or was changed.')
      }
    },
  }
}

function unreadable(why: string): AppError {
  return new AppError('unavailable', `The stored password cannot be read. ${why} Enter it again under Accounts.`)
}

async function readOrMakeKey(folder: string, random: Random): Promise<Uint8Array> {
  const file = join(folder, 'secrets.key')
  const known = await readKey(file)
  if (known) return known
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const part = `${file}.${Buffer.from(random.bytes(6)).toString('hex')}`
  await writeFile(part, random.bytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
  // Linked, not written: two that make a key at once must not end with two keys.
  await link(part, file).catch(() => undefined)
  await rm(part)
  const made = await readKey(file)
  if (!made) throw unreadable('The key file could not be made.')
  return made
}

async function readKey(file: string): Promise<Uint8Array | null> {
  const bytes = await readFile(file).catch(() => null)
  return bytes?.length === KEY_BYTES ? bytes : null
}
