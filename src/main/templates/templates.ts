import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { MessageContent } from '../../shared/contract/message-content.ts'
import type { MergeField } from '../../shared/contract/templates.ts'
import { customFieldName, STANDARD_FIELDS } from '../../shared/domain/merge-field.ts'
import type { Accounts } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Actor } from '../request.ts'
import { type Reader, type Tx, transaction } from '../storage/transaction.ts'
import { checkMessage } from './check/check-message.ts'
import type { Templates } from './index.ts'
import { createMediaLibrary } from './media/media.ts'
import { mergeValueStore } from './merge-value-store.ts'
import { unsubscribeMailto } from './message-values.ts'
import { compileMessage } from './render/compile-message.ts'
import { createEngine } from './render/engine.ts'
import { asText, describeHelpers } from './render/helpers.ts'
import { madeUpValues, workspaceValues } from './sample-values.ts'
import { startersFor } from './starters/starters.ts'
import { type StoredTemplate, templateStore } from './template-store.ts'

/** The template library: use cases and their handlers. */
export function createTemplates(
  parts: DomainParts & { readonly accounts: Accounts; readonly folder: string },
): Templates {
  const { kernel, storage, accounts } = parts
  const engine = createEngine()
  const media = createMediaLibrary(parts)

  const changed = (id: string): void => kernel.events.publish({ kind: 'changed', entity: 'template', ids: [id] })

  async function load(reader: Reader | Tx, id: string): Promise<StoredTemplate> {
    const template = await templateStore.find(reader, id)
    if (!template) throw notFound('template', id)
    return template
  }

  async function audit(tx: Tx, actor: Actor, action: string, template: StoredTemplate): Promise<void> {
    const data = { version: template.version, channel: template.channel }
    await accounts.audit(tx, { actor: actor.id, action, entity: 'template', entityId: template.id, data })
  }

  async function add(
    actor: Actor,
    what: Pick<StoredTemplate, 'name' | 'category' | 'content'>,
  ): Promise<StoredTemplate> {
    const now = kernel.clock.now()
    const template: StoredTemplate = {
      id: kernel.ids.next(),
      channel: what.content.channel,
      ...what,
      version: 1,
      createdAt: now,
      updatedAt: now,
      archivedAt: null,
    }
    await transaction(
      storage.db,
      async tx => {
        await templateStore.insert(tx, template, actor.id)
        await audit(tx, actor, 'template.created', template)
      },
      { name: 'templates.add' },
    )
    changed(template.id)
    return template
  }

  async function withUses(template: StoredTemplate): Promise<StoredTemplate & { usedBy: number }> {
    return { ...template, usedBy: (await templateStore.usage(storage.reader)).get(template.id) ?? 0 }
  }

  async function fields(reader: Reader): Promise<readonly MergeField[]> {
    const custom = await mergeValueStore.customFields(reader)
    return [
      ...STANDARD_FIELDS.map(field => ({ ...field, aliases: [...field.aliases] })),
      ...custom.map(({ key, label }) => ({
        name: customFieldName(key),
        label,
        group: 'custom' as const,
        aliases: customFieldName(key) === key ? [`custom.${key}`] : [],
        example: '',
      })),
    ]
  }

  async function checkHere(content: MessageContent) {
    const names = (await fields(storage.reader)).map(field => field.name)
    return checkMessage(engine, content, { customFields: new Set(names), category: 'marketing' })
  }

  const templates: Templates = {
    compile: (content, fallbacks) => compileMessage(engine, content, fallbacks),
    check: (content, options) => checkMessage(engine, content, options),
    fields,
    media,
    madeUpValues: settings => ({ ...madeUpValues(), ...workspaceValues(settings, kernel.clock.now()) }),

    placeValues: settings => workspaceValues(settings, kernel.clock.now()),

    async mergeValues(reader, contactIds, settings) {
      const common = workspaceValues(settings, kernel.clock.now())
      const values = await mergeValueStore.ofContacts(reader, contactIds)
      return new Map([...values].map(([id, own]) => [id, { ...own, ...common }]))
    },

    handlers: {
      async list(input) {
        const rows = await templateStore.list(storage.reader, input)
        const uses = await templateStore.usage(storage.reader)
        return {
          rows: rows.map(row => ({ ...row, usedBy: uses.get(row.id) ?? 0 })),
        }
      },

      get: async ({ id }) => withUses(await load(storage.reader, id)),

      create: async (input, { actor }) => withUses(await add(actor, input)),

      async save(input, { actor }) {
        const saved = await transaction(
          storage.db,
          async tx => {
            const before = await load(tx, input.id)
            if (before.channel !== input.content.channel) {
              throw new AppError('invalid_input', 'A template stays on its channel. Make a new one for the other.')
            }
            const { name, category, content } = input
            const version = input.version + 1
            const after = { ...before, name, category, content, version, updatedAt: kernel.clock.now() }
            if (!(await templateStore.save(tx, after, input.version, actor.id))) {
              throw new AppError(
                'conflict',
                `"${before.name}" was saved by somebody else in the meantime (version ${before.version}, yours began with ${input.version}). Copy your text, open it again, and put your changes in.`,
                { version: before.version },
              )
            }
            await audit(tx, actor, 'template.saved', after)
            return after
          },
          { name: 'templates.save' },
        )
        changed(saved.id)
        return withUses(saved)
      },

      async duplicate({ id }, { actor }) {
        const { name, category, content } = await load(storage.reader, id)
        return withUses(await add(actor, { name: `${name.slice(0, 190)} (copy)`, category, content }))
      },

      async archive({ id, archived }, { actor }) {
        const now = kernel.clock.now()
        const after = await transaction(
          storage.db,
          async tx => {
            const before = await load(tx, id)
            const archivedAt = archived ? (before.archivedAt ?? now) : null
            await templateStore.archive(tx, id, archivedAt, now)
            await audit(tx, actor, archived ? 'template.archived' : 'template.restored', before)
            return { ...before, archivedAt, updatedAt: now }
          },
          { name: 'templates.archive' },
        )
        changed(id)
        return withUses(after)
      },

      async remove({ id }, { actor }) {
        await transaction(
          storage.db,
          async tx => {
            const template = await load(tx, id)
            const uses = (await templateStore.usage(tx)).get(id) ?? 0
            if (uses > 0) {
              const by = uses === 1 ? 'a campaign uses it' : `${uses} campaigns use it`
              throw new AppError('conflict', `"${template.name}" cannot be deleted: ${by}. Archive it instead.`, {
                uses,
              })
            }
            await templateStore.remove(tx, id)
            await audit(tx, actor, 'template.removed', template)
          },
          { name: 'templates.remove' },
        )
        changed(id)
        return { done: true }
      },

      async check({ content }) {
        const { problems, fields: used } = await checkHere(content)
        return { problems: [...problems], fields: [...used] }
      },

      async preview({ content, contactId, fallbacks }) {
        const { problems } = await checkHere(content)
        const settings = await accounts.settings(storage.reader)
        const known = contactId ? await templates.mergeValues(storage.reader, [contactId], settings) : null
        const values = contactId ? known?.get(contactId) : templates.madeUpValues(settings)
        if (!values) throw notFound('contact', contactId ?? '')
        const contactName = [values.full_name, values.email, values.phone].map(asText).find(text => text !== '') ?? ''
        try {
          const perMessage = {
            unsubscribe_url: unsubscribeMailto('you@example.com', 'preview'),
            campaign_name: 'Preview',
            sender_name: settings.organisation,
            sender_address: 'you@example.com',
          }
          const rendering = compileMessage(engine, content, fallbacks).render(values, perMessage)
          return {
            contactName,
            message: rendering.kind === 'rendered' ? rendering.message : null,
            problems: [...problems],
          }
        } catch (error) {
          // A source that is being typed is broken half of the time: the problems say where.
          if (error instanceof AppError && error.code === 'invalid_input') {
            return { contactName, message: null, problems: [...problems] }
          }
          throw error
        }
      },

      fields: async () => ({
        fields: (await fields(storage.reader)).map(field => ({ ...field })),
        helpers: describeHelpers().map(helper => ({ ...helper })),
      }),

      starters: ({ channel }) => Promise.resolve({ starters: startersFor(channel).map(starter => ({ ...starter })) }),
    },
  }
  return templates
}
