import { notFound } from '../../../shared/contract/failure.ts'
import type { Reader } from '../../storage/transaction.ts'
import type { Provider } from '../provider.ts'
import type { ProviderPorts } from '../providers/kind.ts'
import { kindOf } from '../providers/kinds.ts'
import type { AccountSecrets } from './account-secrets.ts'
import { senderStore } from './sender-store.ts'

/** Providers of accounts, kept until the account changes. */
export interface Providers {
  open(accountId: string): Promise<Provider>
  /** Ends the connections of an account that has changed; the next `open` makes new ones. */
  forget(accountId: string): Promise<void>
  close(): Promise<void>
}

/** Providers that are made when they are first asked for. */
export function createProviders(parts: {
  readonly reader: Reader
  readonly secrets: AccountSecrets
  readonly ports: ProviderPorts
}): Providers {
  const { reader, secrets, ports } = parts
  const opened = new Map<string, Promise<Provider>>()

  async function make(accountId: string): Promise<Provider> {
    const account = await senderStore.find(reader, accountId)
    if (!account) throw notFound('account', accountId)
    const secret = (name: string): Promise<string> => secrets.read(reader, accountId, name)
    return kindOf(account.settings).open({ ...account, secret }, ports)
  }

  async function forget(accountId: string): Promise<void> {
    const provider = opened.get(accountId)
    opened.delete(accountId)
    await (await provider?.catch(() => null))?.close()
  }

  return {
    open(accountId) {
      const known = opened.get(accountId)
      if (known) return known
      const fresh = make(accountId)
      opened.set(accountId, fresh)
      // What could not be made is asked for again next time.
      fresh.catch(() => opened.delete(accountId))
      return fresh
    },
    forget,
    async close() {
      await Promise.all([...opened.keys()].map(forget))
    },
  }
}
