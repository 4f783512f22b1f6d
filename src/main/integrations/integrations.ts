import type { Channel } from '../../shared/contract/define.ts'
import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { Accounts } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import { transaction } from '../storage/transaction.ts'
import type { Resolver } from './domain-check/resolver.ts'
import type { Integrations, SendingAccount } from './index.ts'
import { createMailStyles } from './mail-styles.ts'
import { createComposer } from './mime/compose.ts'
import { createPolling } from './polling/polling.ts'
import { createPractice } from './practice/practice.ts'
import type { Secrets } from './secrets.ts'
import { createAccountSecrets } from './senders/account-secrets.ts'
import { PRACTICE_LIMITS } from './senders/presets.ts'
import { createProviders } from './senders/providers.ts'
import { type StoredSender, senderStore } from './senders/sender-store.ts'
import { senderHandlers } from './senders/senders.ts'

const PRACTICE_ACCOUNTS = [
  { id: 'practice-email', channel: 'email', name: 'Practice (e-mail)', fromAddress: 'news@practice.example' },
  { id: 'practice-sms', channel: 'sms', name: 'Practice (SMS)', fromAddress: '+15555550100' },
  { id: 'practice-whatsapp', channel: 'whatsapp', name: 'Practice (WhatsApp)', fromAddress: '+15555550100' },
  { id: 'practice-social', channel: 'social', name: 'Practice (social post)', fromAddress: '' },
  { id: 'practice-voice', channel: 'voice', name: 'Practice (voice)', fromAddress: '+15555550100' },
] as const

/** Accounts, their providers and the practice mailbox of a workspace. */
export function createIntegrations(
  parts: DomainParts & { readonly accounts: Accounts; readonly secrets: Secrets; readonly resolver: Resolver },
): Integrations {
  const { kernel, storage, secrets } = parts
  const practice = createPractice(parts)
  const accountSecrets = createAccountSecrets(secrets)
  const mailStyle = createMailStyles({ ...parts, secrets: accountSecrets })
  const ports = { clock: kernel.clock, compose: createComposer(), mailStyle, practice: practice.door }
  const providers = createProviders({ reader: storage.reader, secrets: accountSecrets, ports })
  // What the messages of an account look like may depend on it; connections are made anew.
  kernel.events.subscribe(event => {
    if (event.kind === 'changed' && event.entity === 'settings') kernel.background('senders.anew', providers.close())
  })
  const polling = createPolling({ ...parts, open: id => providers.open(id) })

  return {
    async ensurePractice() {
      const missing = await Promise.all(
        PRACTICE_ACCOUNTS.map(async one => ((await senderStore.find(storage.reader, one.id)) ? [] : [one])),
      )
      if (missing.flat().length === 0) return
      await transaction(
        storage.db,
        async tx => {
          const now = kernel.clock.now()
          for (const { id, channel, name, fromAddress } of missing.flat()) {
            const isDefault = (await senderStore.findDefault(tx, channel)) === null
            const settings = { provider: 'practice', fromName: 'Tidings practice', fromAddress, replyTo: '' } as const
            const account = { id, channel, name, settings, limits: PRACTICE_LIMITS, isDefault }
            await senderStore.insert(tx, account, now)
          }
        },
        { name: 'practice.accounts' },
      )
    },
    start: () => practice.start(),
    async stop() {
      await polling.stop()
      await providers.close()
      await practice.stop()
    },
    async account(reader, id) {
      const sender = await senderStore.find(reader, id)
      if (!sender) throw notFound('account', id)
      return sendingAccount(sender)
    },
    accounts: async reader => (await senderStore.list(reader)).map(sendingAccount),
    async defaultAccount(reader, channel) {
      const sender = await senderStore.findDefault(reader, channel)
      if (!sender)
        throw new AppError('not_found', `There is no account for ${nameOf(channel)}. Add one under Accounts.`)
      return sendingAccount(sender)
    },
    setState: (tx, id, state, stateReason, backingOffUntil) =>
      senderStore.setState(tx, id, { state, stateReason, backingOffUntil }, kernel.clock.now()),
    provider: id => providers.open(id),
    async objections(accountId, content) {
      const provider = await providers.open(accountId)
      const stop = new AbortController()
      const cancel = kernel.clock.after(OBJECTIONS_MS, () => stop.abort())
      try {
        return (await provider.objections?.(content, stop.signal)) ?? []
      } finally {
        cancel()
      }
    },
    onProviderEvents: run => polling.onEvents(run),
    onPracticeEvent: run => practice.onEvent(run),
    handlers: {
      senders: senderHandlers({ ...parts, secrets: accountSecrets, providers, ports }),
      practice: practice.handlers,
    },
  }
}

function sendingAccount(sender: StoredSender): SendingAccount {
  const { fromName, fromAddress, replyTo } = sender.settings
  const { id, channel, provider, name, limits, state, stateReason, backingOffUntil } = sender
  return { id, channel, provider, name, fromName, fromAddress, replyTo, limits, state, stateReason, backingOffUntil }
}

// The checklist waits for it.
const OBJECTIONS_MS = 8000

const NAMES: Readonly<Record<Channel, string>> = {
  email: 'e-mail',
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  voice: 'voice calls',
  social: 'social posts',
}

function nameOf(channel: Channel): string {
  return NAMES[channel]
}
