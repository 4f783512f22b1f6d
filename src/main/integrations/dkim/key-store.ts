import { z } from 'zod'
import type { Accounts } from '../../accounts/index.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import type { DkimAlgorithm } from './sign.ts'

const StoredKey = z.object({
  domain: z.string(),
  selector: z.string(),
  algorithm: z.enum(['rsa-sha256', 'ed25519-sha256']),
  /** What is published, base64. */
  publicKey: z.string(),
  createdAt: z.number(),
})
/** What is known of a key besides its private half, which is a secret. */
export type StoredKey = Readonly<z.infer<typeof StoredKey>> & { readonly algorithm: DkimAlgorithm }

const SETTING = 'mail.dkim_keys'

/** Whose secret the private half of a key is. */
export const keyOwner = (domain: string): string => `dkim:${domain}`

/** Keeps which keys there are; their private halves lie with the secrets. */
export const dkimKeys = {
  async list(accounts: Accounts, reader: Reader): Promise<readonly StoredKey[]> {
    const stored = await accounts.setting(reader, SETTING)
    return stored === null ? [] : z.array(StoredKey).parse(JSON.parse(stored))
  },
  save: (accounts: Accounts, tx: Tx, keys: readonly StoredKey[]): Promise<void> =>
    accounts.setSetting(tx, SETTING, JSON.stringify(keys)),
}
