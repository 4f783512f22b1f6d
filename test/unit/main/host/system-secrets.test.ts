import { expect, test, vi } from 'vitest'
import { systemRandom } from '../../../../src/main/kernel/random.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

// Electron cannot be loaded by plain Node, so its part is played here: a keyring that turns texts round.
const keyring = vi.hoisted(() => ({ isAvailable: true, backend: 'gnome_libsecret', calls: [] as string[] }))
vi.mock('electron', () => {
  const turn = (text: string): string => text.split('').reverse().join('')
  return {
    safeStorage: {
      isAsyncEncryptionAvailable: async () => keyring.isAvailable,
      getSelectedStorageBackend: () => keyring.backend,
      encryptStringAsync: async (text: string) => Buffer.from(turn(text)),
      decryptStringAsync: async (bytes: Buffer) => {
        if (bytes.length === 0) throw new Error('unknown key')
        return { result: turn(bytes.toString()), shouldReEncrypt: false }
      },
    },
  }
})
const { systemSecrets } = await import('../../../../src/main/host/electron/secrets.ts')
const { keyFileSecrets } = await import('../../../../src/main/host/node-secrets.ts')

async function secrets(isAvailable: boolean, backend: string) {
  keyring.isAvailable = isAvailable
  keyring.backend = backend
  const keyFile = keyFileSecrets(await temporaryFolder(), systemRandom())
  return { keyFile, system: await systemSecrets(keyFile) }
}

test('the keyring of the system keeps passwords where there is one', async () => {
  const { system } = await secrets(true, 'gnome_libsecret')
  expect(system.keptBy).toBe('system')
  expect(await system.decrypt(await system.encrypt('secret'), 'system')).toBe('secret')
})

test('what a browser host stored in the workspace can be read in the desktop too', async () => {
  const { system, keyFile } = await secrets(true, 'gnome_libsecret')
  expect(await system.decrypt(await keyFile.encrypt('secret'), 'key_file')).toBe('secret')
})

test('a password that the keyring does not know is to be entered again', async () => {
  const { system } = await secrets(true, 'gnome_libsecret')
  await expect(system.decrypt(new Uint8Array(), 'system')).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('Enter it again'),
  })
})

test.runIf(process.platform === 'linux')(
  'without a keyring Linux only scrambles: the key file is used instead',
  async () => {
    expect((await secrets(true, 'basic_text')).system.keptBy).toBe('key_file')
    expect((await secrets(false, 'unknown')).system.keptBy).toBe('key_file')
  },
)
