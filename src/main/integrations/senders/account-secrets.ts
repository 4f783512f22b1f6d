import type { Reader, Tx } from '../../storage/transaction.ts'
import type { Secrets } from '../secrets.ts'
import { secretStore } from './secret-store.ts'

/** The secrets of accounts: encrypted where they lie, read where they are used. */
export interface AccountSecrets {
  /** A secret of an account by its name; empty when none is kept. Fails with `unavailable` when this host cannot read it. */
  read(reader: Reader, accountId: string, name: string): Promise<string>
  /** Encrypts what a person typed, ready to be written: names that are missing keep what is there, empty text removes it. */
  prepare(typed: Readonly<Record<string, string>>): Promise<(tx: Tx, accountId: string, now: number) => Promise<void>>
}

/** Secrets kept by the host's Secrets. */
export function createAccountSecrets(secrets: Secrets): AccountSecrets {
  return {
    async read(reader, accountId, name) {
      const kept = await secretStore.find(reader, accountId, name)
      return kept ? secrets.decrypt(kept.ciphertext, kept.scheme) : ''
    },
    async prepare(typed) {
      const encrypted = await Promise.all(
        Object.entries(typed).map(async ([name, plain]) => ({
          name,
          ciphertext: plain === '' ? null : await secrets.encrypt(plain),
        })),
      )
      return async (tx, accountId, now) => {
        for (const { name, ciphertext } of encrypted) {
          if (ciphertext === null) await secretStore.remove(tx, accountId, name)
          else await secretStore.set(tx, { owner: accountId, name, ciphertext, scheme: secrets.keptBy, now })
        }
      }
    },
  }
}
