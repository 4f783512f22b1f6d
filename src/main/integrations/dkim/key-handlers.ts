import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { readEmail } from '../../../shared/domain/email-address.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers, RequestContext } from '../../request.ts'
import { transaction } from '../../storage/transaction.ts'
import type { AccountSecrets } from '../senders/account-secrets.ts'
import { type DkimKeyPair, dnsRecordOf, makeKeyPair, readKeyPair } from './key-pair.ts'
import { dkimKeys, keyOwner, type StoredKey } from './key-store.ts'

type KeyHandlers = Pick<
  Handlers<(typeof contract)['senders']>,
  'signingKeys' | 'makeSigningKey' | 'saveSigningKey' | 'removeSigningKey'
>

/** Answers the requests about the keys that sign for domains; `changed` hears that accounts have to read them again. */
export function keyHandlers(
  parts: DomainParts & {
    readonly accounts: Accounts
    readonly secrets: AccountSecrets
    changed(): Promise<void>
  },
): KeyHandlers {
  const { kernel, storage, accounts, secrets } = parts

  async function add(
    where: { readonly domain: string; readonly selector: string },
    pair: DkimKeyPair,
    { actor }: RequestContext,
  ) {
    const domain = domainOf(where.domain)
    const selector = selectorOf(where.selector)
    const writeSecret = await secrets.prepare({ [selector]: pair.privateKey })
    const now = kernel.clock.now()
    const { privateKey: _secret, ...open } = pair
    const fresh: StoredKey = { domain, selector, ...open, createdAt: now }
    await transaction(
      storage.db,
      async tx => {
        const kept = await dkimKeys.list(accounts, tx)
        if (kept.some(key => key.domain === domain && key.selector === selector)) {
          throw new AppError('conflict', `There is a key ${selector} for ${domain} already. Choose another selector.`, {
            field: 'selector',
          })
        }
        // One key of each kind signs for a domain: the new one takes the place of the old one.
        const others = kept.filter(key => key.domain !== domain || key.algorithm !== fresh.algorithm)
        for (const old of kept.filter(key => !others.includes(key))) {
          await removeSecret(old)(tx, now)
        }
        await dkimKeys.save(accounts, tx, [...others, fresh])
        await writeSecret(tx, keyOwner(domain), now)
        const data = { domain, selector, algorithm: fresh.algorithm }
        await accounts.audit(tx, {
          actor: actor.id,
          action: 'signing_key.added',
          entity: 'domain',
          entityId: domain,
          data,
        })
      },
      { name: 'dkim.add' },
    )
    await parts.changed()
    return viewOf(fresh)
  }

  function removeSecret({ domain, selector }: StoredKey) {
    return async (tx: Parameters<Parameters<typeof transaction>[1]>[0], now: number): Promise<void> => {
      const remove = await secrets.prepare({ [selector]: '' })
      await remove(tx, keyOwner(domain), now)
    }
  }

  return {
    async signingKeys() {
      return { keys: (await dkimKeys.list(accounts, storage.reader)).map(viewOf) }
    },
    makeSigningKey: async ({ domain, selector, algorithm }, context) =>
      add({ domain, selector }, await makeKeyPair(algorithm), context),
    saveSigningKey: async ({ domain, selector, privateKey }, context) =>
      add({ domain, selector }, readKeyPair(privateKey), context),
    async removeSigningKey({ domain, selector }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          const kept = await dkimKeys.list(accounts, tx)
          const gone = kept.find(key => key.domain === domain && key.selector === selector)
          if (!gone) throw notFound('signing key', `${selector}._domainkey.${domain}`)
          await dkimKeys.save(
            accounts,
            tx,
            kept.filter(key => key !== gone),
          )
          await removeSecret(gone)(tx, kernel.clock.now())
          const data = { domain, selector }
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'signing_key.removed',
            entity: 'domain',
            entityId: domain,
            data,
          })
        },
        { name: 'dkim.remove' },
      )
      await parts.changed()
      return { done: true }
    },
  }
}

function viewOf(key: StoredKey) {
  const record = dnsRecordOf(key)
  const { domain, selector, algorithm, createdAt } = key
  return { domain, selector, algorithm, createdAt, recordName: record.name, recordText: record.text }
}

function domainOf(typed: string): string {
  const reading = readEmail(`postmaster@${typed.trim()}`)
  if (reading.kind === 'address') return reading.address.slice('postmaster@'.length)
  throw new AppError('invalid_input', 'The domain is what stands behind the @, such as example.com.', {
    field: 'domain',
  })
}

function selectorOf(typed: string): string {
  const selector = typed.trim().toLowerCase()
  if (/^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(selector)) return selector
  throw new AppError('invalid_input', 'The selector is a short name of letters and digits, such as tidings.', {
    field: 'selector',
  })
}
