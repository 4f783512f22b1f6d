import type { Channel } from '../../../shared/contract/define.ts'
import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { SenderSettings } from '../../../shared/contract/sender-settings.ts'
import type { Sender } from '../../../shared/contract/senders.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers, RequestContext } from '../../request.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { keyHandlers } from '../dkim/key-handlers.ts'
import { dnsRecordOf } from '../dkim/key-pair.ts'
import { dkimKeys, type StoredKey } from '../dkim/key-store.ts'
import { createDomainChecks, type DomainQuestion } from '../domain-check/domain-check.ts'
import type { Resolver } from '../domain-check/resolver.ts'
import type { ProviderPorts } from '../providers/kind.ts'
import { KINDS, kindOf } from '../providers/kinds.ts'
import type { AccountSecrets } from './account-secrets.ts'
import { PRESETS, PRESETS_AS_OF } from './presets.ts'
import type { Providers } from './providers.ts'
import { type SenderLoad, type StoredSender, senderStore } from './sender-store.ts'

/** What the handlers of accounts need. */
export interface SenderParts extends DomainParts {
  readonly accounts: Accounts
  readonly secrets: AccountSecrets
  readonly ports: ProviderPorts
  readonly providers: Providers
  readonly resolver: Resolver
}

/** Answers the requests about accounts. */
export function senderHandlers(parts: SenderParts): Handlers<(typeof contract)['senders']> {
  const { kernel, storage, accounts, secrets, providers, ports, scheduler } = parts
  const { reader, db } = storage

  const checkDomain = createDomainChecks(kernel.clock, parts.resolver)

  async function stored(id: string): Promise<StoredSender> {
    const sender = await senderStore.find(reader, id)
    if (!sender) throw notFound('account', id)
    return sender
  }

  async function view(id: string) {
    const [sender, loads] = await Promise.all([stored(id), senderStore.loads(reader, kernel.clock.now())])
    return viewOf(sender, loads.get(id))
  }

  function changed(id: string): void {
    kernel.events.publish({ kind: 'changed', entity: 'sender', ids: [id] })
    scheduler.wake()
  }

  function note(tx: Tx, context: RequestContext, action: string, id: string, data: Record<string, unknown> = {}) {
    return accounts.audit(tx, { actor: context.actor.id, action, entity: 'sender', entityId: id, data })
  }

  async function setState(id: string, context: RequestContext, state: 'paused' | 'running') {
    await stored(id)
    const reason = state === 'paused' ? `Paused by ${context.actor.name}` : ''
    await transaction(
      db,
      async tx => {
        await senderStore.setState(tx, id, { state, stateReason: reason, backingOffUntil: null }, kernel.clock.now())
        await note(tx, context, state === 'paused' ? 'sender.paused' : 'sender.resumed', id)
      },
      { name: 'sender.state' },
    )
    changed(id)
    return view(id)
  }

  return {
    async list() {
      const [all, loads] = await Promise.all([senderStore.list(reader), senderStore.loads(reader, kernel.clock.now())])
      return { senders: all.map(sender => viewOf(sender, loads.get(sender.id))) }
    },

    async presets() {
      return { asOf: PRESETS_AS_OF, presets: [...PRESETS] }
    },

    async kinds() {
      return {
        kinds: KINDS.flatMap(({ provider, view }) =>
          view === null
            ? []
            : [{ ...view, provider, fields: view.fields.map(field => ({ ...field, choices: [...field.choices] })) }],
        ),
      }
    },

    async save(input, context) {
      const settings = acceptedSettings(input.channel, input.settings)
      const before = input.id === null ? null : await stored(input.id)
      if (before) refuseOtherKind(before, input.channel, settings)
      if (before) refuseOtherServer(before, settings, input.secrets)
      const writeSecrets = await secrets.prepare(settings.provider === 'practice' ? {} : input.secrets)
      const id = before?.id ?? kernel.ids.next()
      const now = kernel.clock.now()
      const values = { id, name: input.name.trim(), settings, limits: input.limits }
      await transaction(
        db,
        async tx => {
          if (before) await senderStore.update(tx, values, now)
          else {
            const isDefault = (await senderStore.findDefault(tx, input.channel)) === null
            await senderStore.insert(tx, { ...values, channel: input.channel, isDefault }, now)
          }
          await writeSecrets(tx, id, now)
          await note(tx, context, before ? 'sender.changed' : 'sender.added', id, {
            provider: settings.provider,
            // The ledger is verified against what was allowed at the time.
            limits: input.limits,
            secrets: Object.entries(input.secrets).map(([name, text]) => `${name} ${text === '' ? 'removed' : 'set'}`),
          })
        },
        { name: 'sender.save' },
      )
      await providers.forget(id)
      changed(id)
      return view(id)
    },

    async test({ sender }, { signal }) {
      const settings = acceptedSettings(sender.channel, sender.settings)
      const { id, channel, limits } = sender
      if (id !== null) refuseOtherServer(await stored(id), settings, sender.secrets)
      const secret = async (name: string): Promise<string> => {
        if (Object.hasOwn(sender.secrets, name)) return sender.secrets[name] ?? ''
        return id === null ? '' : secrets.read(reader, id, name)
      }
      const account = { id: id ?? '', channel, settings, limits, secret }
      return kindOf(settings).diagnose(account, ports, signal ?? new AbortController().signal)
    },

    async remove({ id }, context) {
      const sender = await stored(id)
      if (sender.provider === 'practice') {
        throw new AppError('conflict', 'The practice account stays: it is part of Tidings. You can pause it instead.', {
          id,
        })
      }
      await transaction(
        db,
        async tx => {
          const campaigns = await senderStore.campaignsUsing(tx, id)
          if (campaigns.length > 0) {
            throw new AppError(
              'conflict',
              `${sender.name} is used by ${campaigns.map(name => `“${name}”`).join(', ')}. Cancel or finish these campaigns first.`,
              { id },
            )
          }
          await senderStore.archive(tx, id, kernel.clock.now())
          const next = await senderStore.findDefault(tx, sender.channel)
          if (sender.isDefault && next) await senderStore.makeDefault(tx, next.id, sender.channel)
          await note(tx, context, 'sender.removed', id)
        },
        { name: 'sender.remove' },
      )
      await providers.forget(id)
      changed(id)
      return { done: true }
    },

    async makeDefault({ id }, context) {
      const sender = await stored(id)
      await transaction(
        db,
        async tx => {
          await senderStore.makeDefault(tx, id, sender.channel)
          await note(tx, context, 'sender.made_default', id)
        },
        { name: 'sender.default' },
      )
      changed(id)
      return { done: true }
    },

    ...keyHandlers({
      ...parts,
      async changed() {
        // Messages that are being made for these accounts must be signed by the keys there are now.
        await providers.close()
        for (const { id } of await senderStore.list(reader)) changed(id)
      },
    }),

    async whatsappTemplates({ senderId }, { signal }) {
      await stored(senderId)
      const provider = await providers.open(senderId)
      const list = await provider.templates?.(signal ?? new AbortController().signal)
      if (list === undefined) {
        throw new AppError('invalid_input', 'This account has no message templates. Choose a WhatsApp account.')
      }
      if (list.kind === 'failed') {
        const said = [list.fault.code, list.fault.reply].filter(Boolean).join(' ')
        throw new AppError('unavailable', `The templates could not be read from Meta (${said}). Test the account.`)
      }
      return { templates: [...list.templates] }
    },

    async checkDomain({ senderId, anew }) {
      const { settings } = await stored(senderId)
      const keys = await dkimKeys.list(accounts, reader)
      return checkDomain(domainQuestion(settings, keys), anew)
    },

    pause: ({ id }, context) => setState(id, context, 'paused'),
    resume: ({ id }, context) => setState(id, context, 'running'),
  }
}

function domainQuestion(settings: SenderSettings, keys: readonly StoredKey[]): DomainQuestion {
  const domain = domainOf(settings.fromAddress)
  if (domain === '') {
    throw new AppError('invalid_input', 'Only accounts that send e-mail have a domain to check.', { field: 'senderId' })
  }
  const bounces = settings.provider === 'smtp' ? domainOf(settings.bounceAddress) : ''
  return {
    domain,
    envelopeDomain: bounces === '' ? domain : bounces,
    host: settings.provider === 'smtp' ? settings.host : '',
    keys: keys
      .filter(key => key.domain === domain)
      .map(key => {
        const record = dnsRecordOf(key)
        const { selector, publicKey } = key
        return { selector, publicKey, recordName: record.name, recordText: record.text }
      }),
  }
}

function domainOf(address: string): string {
  return address.includes('@') ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : ''
}

function acceptedSettings(channel: Channel, settings: SenderSettings): SenderSettings {
  const kind = kindOf(settings)
  if (!kind.channels.includes(channel)) {
    throw new AppError('invalid_input', 'An account of this kind cannot send on this channel.', {
      field: 'settings.provider',
    })
  }
  const checked = kind.check(channel, settings)
  if ('settings' in checked) return checked.settings
  const [first] = checked.issues
  throw new AppError('invalid_input', checked.issues.map(issue => issue.message).join('. '), {
    field: first?.path ?? '',
    issues: checked.issues,
  })
}

function refuseOtherKind(before: StoredSender, channel: Channel, settings: SenderSettings): void {
  if (before.channel === channel && before.settings.provider === settings.provider) return
  throw new AppError('conflict', 'An account keeps its channel and its kind. Add a new account instead.', {
    id: before.id,
  })
}

/** A stored secret goes to the server it was typed for, and to no other. */
function refuseOtherServer(
  before: StoredSender,
  settings: SenderSettings,
  typed: Readonly<Record<string, string>>,
): void {
  const kept = before.secretNames.find(name => !Object.hasOwn(typed, name))
  if (kept === undefined || before.settings.provider !== settings.provider) return
  const kind = kindOf(settings)
  if (kind.boundTo(before.settings) === kind.boundTo(settings)) return
  throw new AppError('invalid_input', 'The server has changed: type the password again.', {
    field: kept,
    id: before.id,
  })
}

function viewOf(sender: StoredSender, load: SenderLoad | undefined) {
  const { provider: _kind, ...rest } = sender
  return { ...rest, ...(load ?? { sentLastHour: 0, sentLastDay: 0, waiting: 0, pollProblem: '' }) } satisfies Omit<
    Sender,
    'id'
  >
}
