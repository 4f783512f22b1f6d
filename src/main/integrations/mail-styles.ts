import type { Accounts } from '../accounts/index.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Storage } from '../storage/database.ts'
import { transaction } from '../storage/transaction.ts'
import { dkimKeys, keyOwner } from './dkim/key-store.ts'
import type { DkimKey } from './dkim/sign.ts'
import type { MailStyle } from './mime/mail-style.ts'
import type { AccountSecrets } from './senders/account-secrets.ts'
import { VERP_KEY_SETTING, verpKeyOf } from './verp.ts'

/** Finds out how the messages from an address are written. Fails with `unavailable` when a key cannot be read on this host. */
export function createMailStyles(parts: {
  readonly kernel: Kernel
  readonly storage: Storage
  readonly accounts: Accounts
  readonly secrets: AccountSecrets
}): (fromAddress: string, bounceAddress: string) => Promise<MailStyle> {
  const { kernel, storage, accounts, secrets } = parts
  const { reader } = storage

  async function keysOf(domain: string): Promise<readonly DkimKey[]> {
    const stored = (await dkimKeys.list(accounts, reader)).filter(key => key.domain === domain)
    return Promise.all(
      stored.map(async ({ selector, algorithm }) => {
        const privateKey = await secrets.read(reader, keyOwner(domain), selector)
        return { domain, selector, algorithm, privateKey }
      }),
    )
  }

  /** The key of the workspace's message tokens, made when it is first needed. */
  async function tokenKey(): Promise<string> {
    const known = await accounts.setting(reader, VERP_KEY_SETTING)
    if (known !== null && verpKeyOf(known)) return known
    return transaction(
      storage.db,
      async tx => {
        const meanwhile = await accounts.setting(tx, VERP_KEY_SETTING)
        if (meanwhile !== null && verpKeyOf(meanwhile)) return meanwhile
        const fresh = Buffer.from(kernel.random.bytes(32)).toString('hex')
        await accounts.setSetting(tx, VERP_KEY_SETTING, fresh)
        return fresh
      },
      { name: 'mail.tokenKey' },
    )
  }

  return async (fromAddress, bounceAddress) => {
    const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1).toLowerCase()
    const unsubscribeBaseUrl = (await accounts.settings(reader)).unsubscribeBaseUrl.replace(/\/+$/, '')
    return {
      dkim: await keysOf(domain),
      bounceAddress,
      unsubscribeBaseUrl,
      tokenKey: bounceAddress === '' && unsubscribeBaseUrl === '' ? '' : await tokenKey(),
    }
  }
}
