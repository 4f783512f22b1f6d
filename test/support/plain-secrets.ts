import type { Secrets } from '../../src/main/integrations/secrets.ts'

/** Secrets for tests: turned round, so that a test notices a plain text on disk, and not encrypted. */
export const plainSecrets: Secrets = {
  keptBy: 'key_file',
  encrypt: async plain => Buffer.from(plain).reverse(),
  decrypt: async ciphertext => Buffer.from(ciphertext).reverse().toString('utf8'),
}
