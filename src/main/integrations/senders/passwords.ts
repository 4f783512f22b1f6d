import type { Reader, Tx } from '../../storage/transaction.ts'
import type { Secrets } from '../secrets.ts'
import { senderStore } from './sender-store.ts'

/** The passwords of accounts: encrypted where they lie, read where they are used. */
export interface Passwords {
  /** The password of an account; empty when none is kept. Fails with `unavailable` when this host cannot read it. */
  read(reader: Reader, accountId: string): Promise<string>
  /** Encrypts what a person typed, ready to be written: null keeps what is there, empty text removes it. */
  prepare(typed: string | null): Promise<(tx: Tx, accountId: string, now: number) => Promise<void>>
}

/** Passwords kept by the host's Secrets. */
export function createPasswords(secrets: Secrets): Passwords {
  return {
    async read(reader, accountId) {
      const kept = await senderStore.password(reader, accountId)
      return kept ? secrets.decrypt(kept.ciphertext, kept.scheme) : ''
    },
    async prepare(typed) {
      if (typed === null) return async () => undefined
      if (typed === '') return (tx, accountId) => senderStore.removePassword(tx, accountId)
      const ciphertext = await secrets.encrypt(typed)
      return (tx, accountId, now) => senderStore.setPassword(tx, accountId, ciphertext, secrets.keptBy, now)
    },
  }
}
