import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import { fieldCatalogue } from '../../shared/domain/segment-fields.ts'
import { type Rule, withoutPart } from '../../shared/domain/segment-rule.ts'
import { foldText } from '../../shared/domain/segment-text.ts'
import type { Handlers } from '../request.ts'
import type { Reader } from '../storage/transaction.ts'
import type { Asking } from './asking.ts'
import { isFedByFigures } from './fresh-figures.ts'
import { importRule } from './import-rule/import-rule.ts'
import type { IndexWork } from './index-job.ts'
import { factsStore } from './people/facts-store.ts'
import { peopleStore } from './people/people-store.ts'
import { personName, personStore, personView } from './person-store.ts'
import { recordStore } from './record-store.ts'
import type { Ask } from './rule/ask.ts'
import { holds } from './rule/holds.ts'
import { outcomesOf } from './rule/outcomes.ts'
import { readRule } from './rule/read-rule.ts'
import { problemsOf } from './rule/setting.ts'
import { settingStore } from './setting-store.ts'
import { type NamedSetting, type SegmentParts, settingFor } from './settings.ts'

const MOST_COUNTED = 1000

type All = Handlers<(typeof contract)['segments']>
type Questions = Pick<
  All,
  'fields' | 'values' | 'names' | 'count' | 'contributions' | 'sample' | 'overlap' | 'explain' | 'people' | 'importRule'
>

/** Answers what the builder asks while a rule is put together. Whatever walks over many contacts goes to the heavy reader. */
export function questionHandlers(parts: SegmentParts, asking: Asking, indexes: IndexWork): Questions {
  const { kernel, storage, accounts } = parts
  const { heavy } = storage
  // Parts of a rule are asked about again with every change of another part.
  let counted: { readonly version: number; readonly people: Map<string, number> } = { version: -1, people: new Map() }

  async function ready(rule: Rule, reader: Reader): Promise<{ ask: Ask; setting: NamedSetting }> {
    const setting = await settingFor(parts, reader, [rule])
    const [problem] = problemsOf(rule, setting)
    if (problem) throw new AppError('invalid_input', problem.text, { nodeId: problem.nodeId })
    return { ask: readRule(rule, setting), setting }
  }

  async function countOf(ask: Ask, signal: AbortSignal | undefined): Promise<number> {
    return heavy.run(signal, async reader => {
      const version = await peopleStore.dataVersion(reader)
      if (version !== counted.version || counted.people.size > MOST_COUNTED) counted = { version, people: new Map() }
      const key = JSON.stringify(ask)
      const known = counted.people.get(key)
      if (known !== undefined) return known
      const people = await peopleStore.count(reader, ask, await asking.plan(reader, [ask]))
      counted.people.set(key, people)
      return people
    })
  }

  async function askOf(
    which: { readonly kind: 'rule'; readonly rule: Rule } | { readonly kind: 'segment'; readonly id: string },
  ): Promise<{ rule: Rule; ask: Ask; setting: NamedSetting }> {
    if (which.kind === 'rule') return { rule: which.rule, ...(await ready(which.rule, storage.reader)) }
    const segment = await recordStore.find(storage.reader, which.id)
    if (!segment) throw notFound('segment', which.id)
    const { rule } = segment
    if (segment.kind === 'dynamic') return { rule, ...(await ready(rule, storage.reader)) }
    const setting = await settingFor(parts, storage.reader, [rule])
    return { rule, setting, ask: { kind: 'held', nos: [segment.no] } }
  }

  return {
    async fields() {
      const { reader } = storage
      const [custom, networks, words, settings] = await Promise.all([
        settingStore.customFields(reader),
        settingStore.networks(reader),
        settingStore.vocabulary(reader),
        accounts.settings(reader),
      ])
      return {
        fields: [...fieldCatalogue(custom, networks).values()].map(field => ({
          ...field,
          options: [...field.options],
        })),
        eventNames: [...words.eventNames],
        currencies: [settings.currency, ...words.currencies.filter(one => one !== settings.currency)],
        sources: [...words.sources],
        timeZone: settings.timeZone,
      }
    },

    async values({ of, search, limit }, { signal }) {
      const begins = foldText(search.normalize('NFC').trim())
      const bought = { sku: 'sku', product: 'name', category: 'category' } as const
      const thing = of === 'sku' || of === 'product' || of === 'category' ? bought[of] : null
      const field = fieldCatalogue(await settingStore.customFields(storage.reader), []).get(of)
      if (thing === null && field?.kind !== 'text') {
        throw new AppError('invalid_input', `There are no values to choose for "${of}".`, { of })
      }
      const values = await heavy.run(signal, reader =>
        thing === null
          ? personStore.values(reader, of, begins, limit)
          : personStore.bought(reader, thing, search.trim(), limit),
      )
      return { values: values.map(value => ({ ...value })) }
    },

    async names({ rule }) {
      const { names } = await settingFor(parts, storage.reader, [rule])
      return { names: Object.fromEntries(names) }
    },

    async count({ rule }, { signal }) {
      const began = kernel.clock.now()
      const setting = await settingFor(parts, storage.reader, [rule])
      const problems = problemsOf(rule, setting)
      const total = await peopleStore.total(storage.reader)
      if (problems.length > 0)
        return { problems: [...problems], people: null, total, elapsedMs: kernel.clock.now() - began }
      const ask = readRule(rule, setting)
      // A number within the blink of an eye is worth more than events of the last second; the next count has them.
      if (isFedByFigures(ask)) kernel.background('segments.catchUp', parts.catchUp())
      const people = await countOf(ask, signal)
      kernel.background('segments.indexes', indexes.want([ask]))
      return { problems: [], people, total, elapsedMs: Math.max(0, kernel.clock.now() - began) }
    },

    async contributions({ rule }, { signal }) {
      const { setting } = await ready(rule, storage.reader)
      const answers = []
      for (const part of partsOf(rule)) {
        const rest = withoutPart(rule, part.id)
        const alone = await countOf(readRule(part, setting), signal)
        const without = rest === null ? null : await countOf(readRule(rest, setting), signal)
        answers.push({ nodeId: part.id, alone, without })
      }
      return { parts: answers }
    },

    async sample({ rule, limit }, { signal }) {
      const { ask, setting } = await ready(rule, storage.reader)
      return heavy.run(signal, async reader => {
        const nos = await peopleStore.some(reader, ask, await asking.plan(reader, [ask]), limit)
        const [rows, facts] = [await personStore.byNo(reader, nos), await factsStore.load(reader, nos)]
        const factsOf = new Map(facts.map(one => [one.no, one]))
        return {
          people: rows.map(row => {
            const own = factsOf.get(row.no)
            return { ...personView(row), parts: own ? [...outcomesOf(rule, own, setting)] : [] }
          }),
        }
      })
    },

    async overlap({ rule, except }, { signal }) {
      const { ask } = await ready(rule, storage.reader)
      const people = await countOf(ask, signal)
      const found = []
      for (const segment of await recordStore.all(storage.reader, false)) {
        if (segment.id === except) continue
        const other = await askOf({ kind: 'segment', id: segment.id }).catch((error: unknown) => {
          // A segment that has a problem of its own has nobody in common with anything.
          if (error instanceof AppError) return null
          throw error
        })
        if (other === null) continue
        const both = await countOf({ kind: 'all', asks: [ask, other.ask] }, signal)
        const size = segment.countedAt === null ? await countOf(other.ask, signal) : segment.people
        found.push({ id: segment.id, name: segment.name, people: size, both })
      }
      return { people, segments: found.sort((a, b) => b.both - a.both) }
    },

    async explain({ which, contactId }) {
      const { rule, ask, setting } = await askOf(which)
      const { reader } = storage
      const no = await factsStore.noOf(reader, contactId)
      if (no === null) throw notFound('contact', contactId)
      const [[facts], [person]] = [await factsStore.load(reader, [no]), await personStore.byNo(reader, [no])]
      if (!facts || !person) throw notFound('contact', contactId)
      const isUsable = problemsOf(rule, setting).length === 0
      return {
        contactName: personName(person),
        holds: holds(ask, facts),
        parts: isUsable ? [...outcomesOf(rule, facts, setting)] : [],
      }
    },

    async people({ which, after, limit }, { signal }) {
      const { ask } = await askOf(which)
      const from = Number(after === '' ? 0 : after)
      if (!Number.isSafeInteger(from)) throw new AppError('invalid_input', 'That page does not exist. Begin again.')
      return heavy.run(signal, async reader => {
        const nos = await peopleStore.page(reader, ask, await asking.plan(reader, [ask]), from, limit)
        const rows = await personStore.byNo(reader, nos)
        return { people: rows.map(personView), next: nos.length < limit ? null : String(nos.at(-1) ?? '') }
      })
    },

    async importRule({ text }) {
      const custom = await settingStore.customFields(storage.reader)
      const tags = await settingStore.allTags(storage.reader)
      const { problems, notes, ...read } = importRule(text, { custom, tags, ids: kernel.ids })
      return { ...read, problems: problems.map(one => ({ ...one })), notes: [...notes] }
    },
  }
}

/** The groups and conditions below the root. */
function partsOf(rule: Rule): readonly Rule[] {
  if (rule.kind !== 'group') return []
  return rule.rules.flatMap(child => [child, ...partsOf(child)])
}
