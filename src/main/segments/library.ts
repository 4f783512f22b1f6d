import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { SegmentRow } from '../../shared/contract/segments.ts'
import type { SegmentRule } from '../../shared/domain/segment-rule.ts'
import { days } from '../kernel/clock.ts'
import type { Handlers, RequestContext } from '../request.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import type { Memberships } from './memberships.ts'
import { recordStore, type StoredSegment } from './record-store.ts'
import { nextRefresh } from './refresh-times.ts'
import { problemsOf, UNFILLED } from './rule/setting.ts'
import { type SegmentParts, settingFor } from './settings.ts'
import { versionStore } from './version-store.ts'

type All = Handlers<(typeof contract)['segments']>
type Library = Pick<
  All,
  | 'list'
  | 'get'
  | 'create'
  | 'save'
  | 'versions'
  | 'restore'
  | 'duplicate'
  | 'snapshot'
  | 'archive'
  | 'remove'
  | 'usedBy'
  | 'refreshNow'
>

const RECENTLY_MS = days(30)
// Campaigns in these states still need the segment; those that are over keep what was planned.
const NEEDS = ['draft', 'in_review', 'approved', 'scheduled', 'running', 'paused']

/** Making, keeping, copying and deleting segments. */
export function libraryHandlers(parts: SegmentParts, memberships: Memberships): Library {
  const { kernel, storage, accounts, scheduler } = parts
  const changed = (id: string): void => kernel.events.publish({ kind: 'changed', entity: 'segment', ids: [id] })

  async function load(reader: Parameters<typeof recordStore.find>[0], id: string): Promise<StoredSegment> {
    const segment = await recordStore.find(reader, id)
    if (!segment) throw notFound('segment', id)
    return segment
  }

  async function row(segment: StoredSegment, recent: { readonly entered: number; readonly left: number } | undefined) {
    const uses = await recordStore.uses(storage.reader, segment.id)
    const { no: _no, rule: _rule, version: _version, nextRefreshAt: _next, createdBy: _by, ...shown } = segment
    return { ...shown, usedBy: uses.length, entered: recent?.entered ?? 0, left: recent?.left ?? 0 }
  }

  async function view(id: string) {
    const segment = await load(storage.reader, id)
    const recent = await recordStore.movesSince(storage.reader, kernel.clock.now() - RECENTLY_MS)
    const { rule, version, nextRefreshAt } = segment
    const createdBy = await accounts.memberName(storage.reader, segment.createdBy)
    return { ...(await row(segment, recent.get(segment.no))), rule, version, nextRefreshAt, createdBy }
  }

  /** A rule that cannot be used is not kept: a segment must always know whom it means. */
  async function checked(rule: SegmentRule, ownId: string | null): Promise<SegmentRule> {
    const setting = await settingFor(parts, storage.reader, [rule])
    if (ownId !== null && setting.segments.has(ownId)) {
      throw new AppError('invalid_input', 'The segment would ask about itself. Take that condition out.')
    }
    const [problem] = problemsOf(rule, setting)
    if (problem) throw new AppError('invalid_input', problem.text, { nodeId: problem.nodeId, code: problem.code })
    return rule
  }

  async function freeName(tx: Tx, name: string, id: string): Promise<string> {
    const key = nameKey(name)
    if (!(await recordStore.nameTaken(tx, key, id))) return key
    throw new AppError('conflict', `There is a segment called "${name}" already. Choose another name.`, {
      field: 'name',
    })
  }

  async function audit(tx: Tx, context: RequestContext, action: string, id: string): Promise<void> {
    await accounts.audit(tx, { actor: context.actor.id, action, entity: 'segment', entityId: id, data: {} })
  }

  async function add(
    input: Pick<StoredSegment, 'name' | 'description' | 'kind' | 'rule' | 'refresh'>,
    context: RequestContext,
  ): Promise<string> {
    const id = kernel.ids.next()
    const now = kernel.clock.now()
    const refresh = input.kind === 'static' ? 'manual' : input.refresh
    await transaction(
      storage.db,
      async tx => {
        const name = input.name.trim()
        await recordStore.insert(tx, {
          id,
          name,
          name_key: await freeName(tx, name, id),
          description: input.description,
          kind: input.kind,
          rule: JSON.stringify(input.rule),
          version: 1,
          members: 0,
          counted_at: null,
          refresh,
          next_refresh_at: nextRefresh(refresh, now),
          created_by: context.actor.id,
          created_at: now,
          updated_at: now,
          archived_at: null,
        })
        await versionStore.keep(tx, id, context.actor.id, now)
        await memberships.plan(tx, id)
        await audit(tx, context, 'segment.created', id)
      },
      { name: 'segments.create' },
    )
    scheduler.wake()
    changed(id)
    return id
  }

  /** Saves a segment as its next version. `input.version` is the one that the change was made from. */
  async function saveAs(
    before: StoredSegment,
    input: Pick<StoredSegment, 'version' | 'name' | 'description' | 'refresh' | 'rule'>,
    action: string,
    context: RequestContext,
  ): Promise<void> {
    const { id } = before
    const { version, name, description, refresh, rule } = input
    const isSame = JSON.stringify(before.rule) === JSON.stringify(rule)
    if (before.kind === 'static' && !isSame) {
      throw new AppError('conflict', 'A fixed segment holds its people; its rule cannot change. Duplicate it instead.')
    }
    if (!isSame) await checked(rule, id)
    await transaction(
      storage.db,
      async tx => {
        const now = kernel.clock.now()
        const current = await load(tx, id)
        if (current.version !== version) {
          const found = { version: current.version }
          throw new AppError(
            'conflict',
            'Somebody saved this segment in between. Open it again to see what changed.',
            found,
          )
        }
        const kept = current.kind === 'static' ? 'manual' : refresh
        await recordStore.update(tx, id, {
          name: name.trim(),
          name_key: await freeName(tx, name, id),
          description,
          rule: JSON.stringify(rule),
          version: version + 1,
          refresh: kept,
          next_refresh_at: nextRefresh(kept, now),
          updated_at: now,
        })
        await versionStore.keep(tx, id, context.actor.id, now)
        if (!isSame) await memberships.plan(tx, id)
        await audit(tx, context, action, id)
      },
      { name: 'segments.save' },
    )
    scheduler.wake()
    changed(id)
  }

  async function freeCopyName(name: string): Promise<string> {
    const taken = new Set(
      [...(await recordStore.all(storage.reader, false)), ...(await recordStore.all(storage.reader, true))].map(one =>
        nameKey(one.name),
      ),
    )
    for (let n = 1; ; n++) {
      const copy = `${name.slice(0, 90)} (copy${n === 1 ? '' : ` ${n}`})`
      if (!taken.has(nameKey(copy))) return copy
    }
  }

  return {
    async list({ archived }) {
      const recent = await recordStore.movesSince(storage.reader, kernel.clock.now() - RECENTLY_MS)
      const rows: SegmentRowInput[] = []
      for (const segment of await recordStore.all(storage.reader, archived)) {
        rows.push(await row(segment, recent.get(segment.no)))
      }
      return { rows }
    },

    get: ({ id }) => view(id),

    async create(input, context) {
      await checked(input.rule, null)
      return view(await add(input, context))
    },

    async save(input, context) {
      await saveAs(await load(storage.reader, input.id), input, 'segment.edited', context)
      return view(input.id)
    },

    async versions({ id, before, limit }) {
      const { no } = await load(storage.reader, id)
      const found = await versionStore.page(storage.reader, no, before ?? Number.MAX_SAFE_INTEGER, limit + 1)
      const versions = []
      for (const one of found.slice(0, limit)) {
        versions.push({ ...one, savedBy: await accounts.memberName(storage.reader, one.savedBy) })
      }
      return { versions, more: found.length > limit }
    },

    async restore({ id, version, earlier }, context) {
      const segment = await load(storage.reader, id)
      const rule = await versionStore.rule(storage.reader, segment.no, earlier)
      if (rule === null) throw notFound('version', String(earlier))
      await saveAs(segment, { ...segment, version, rule }, 'segment.rule_restored', context)
      return view(id)
    },

    async duplicate({ id }, context) {
      const before = await load(storage.reader, id)
      const name = await freeCopyName(before.name)
      return view(await add({ ...before, name, kind: 'dynamic', refresh: 'daily' }, context))
    },

    async snapshot({ id, name }, context) {
      const before = await load(storage.reader, id)
      if (before.kind === 'static' && before.countedAt === null) throw new AppError('conflict', UNFILLED)
      const rule: SegmentRule = {
        kind: 'group',
        id: kernel.ids.next(),
        match: 'all',
        negated: false,
        rules: [
          {
            kind: 'membership',
            id: kernel.ids.next(),
            negated: false,
            of: 'segments',
            operator: 'has_any',
            ids: [id],
            statuses: [],
          },
        ],
      }
      const { description } = before
      // The rule is copied, not referred to, so that the fixed segment does not hold the other one in place.
      const own = before.kind === 'dynamic' ? before.rule : rule
      return view(await add({ name, description, kind: 'static', rule: own, refresh: 'manual' }, context))
    },

    async archive({ id, archived }, context) {
      await load(storage.reader, id)
      await transaction(
        storage.db,
        async tx => {
          if (archived) await refuseWhileUsed(tx, id)
          const now = kernel.clock.now()
          await recordStore.update(tx, id, { archived_at: archived ? now : null, updated_at: now })
          await audit(tx, context, archived ? 'segment.archived' : 'segment.restored', id)
        },
        { name: 'segments.archive' },
      )
      changed(id)
      return view(id)
    },

    async remove({ id }, context) {
      await load(storage.reader, id)
      await memberships.forget(id)
      await transaction(
        storage.db,
        async tx => {
          await refuseWhileUsed(tx, id)
          await recordStore.remove(tx, id)
          await audit(tx, context, 'segment.removed', id)
        },
        { name: 'segments.remove' },
      )
      changed(id)
      return { done: true }
    },

    async usedBy({ id }) {
      await load(storage.reader, id)
      return { uses: (await recordStore.uses(storage.reader, id)).map(use => ({ ...use })) }
    },

    async refreshNow({ id }) {
      const { kind, countedAt } = await load(storage.reader, id)
      if (kind === 'static' && countedAt !== null)
        throw new AppError('conflict', 'A fixed segment holds its people. There is nothing to refresh.')
      await transaction(storage.db, tx => memberships.plan(tx, id), { name: 'segments.refreshNow' })
      scheduler.wake()
      return { done: true }
    },
  }
}

type SegmentRowInput = Omit<SegmentRow, 'id'> & { readonly id: string }

async function refuseWhileUsed(reader: Parameters<typeof recordStore.uses>[0], id: string): Promise<void> {
  const uses = await recordStore.uses(reader, id)
  const needed = uses.filter(use => use.kind === 'segment' || NEEDS.includes(use.status))
  const [first] = needed
  if (!first) return
  const others = needed.length > 1 ? ` and ${needed.length - 1} more` : ''
  throw new AppError(
    'conflict',
    `The segment is used by the ${first.kind} "${first.name}"${others}. Change that first.`,
    {
      uses: needed.map(use => use.id),
    },
  )
}

function nameKey(name: string): string {
  return name.trim().normalize('NFC').toLowerCase()
}
