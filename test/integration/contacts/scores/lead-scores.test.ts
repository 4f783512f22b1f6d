import { expect, test } from 'vitest'
import { DEFAULT_WEIGHTS } from '../../../../src/main/contacts/scores/engagement-weights.ts'
import { ContactId, ListId } from '../../../../src/shared/contract/define.ts'
import type { LeadRule, ScoreSettings } from '../../../../src/shared/contract/scores.ts'
import { DAY, openScoresWorld } from './scores-world.ts'

type World = Awaited<ReturnType<typeof openScoresWorld>>

function settingsWith(
  rules: readonly (readonly [LeadRule, number])[],
  thresholds: ScoreSettings['thresholds'] = [],
): ScoreSettings {
  return {
    weights: DEFAULT_WEIGHTS,
    thresholds,
    rules: rules.map(([rule, points], index) => ({ id: `r${index}`, rule, points, enabled: true })),
  }
}

async function scoreOf({ file }: World, id: string): Promise<unknown> {
  const rows = await file.all('select lead_score from contacts where id = ?', [id])
  return rows[0]?.lead_score
}

const ann = ContactId.parse('ann')

test('rules about fields, tags, lists and events add up, and say what they gave', async () => {
  await using world = await openScoresWorld()
  const no = await world.contact('ann')
  await world.contact('bob')
  await world.file.run(
    "update contacts set lead_status = 'Hot', city = 'Köln', custom = json('{\"size\":\"large\"}') where no = ?",
    [no],
  )
  const context = await world.context()
  await world.contacts.setTags({ ids: [ann], add: ['VIP'], remove: [] }, context)
  const list = await world.lists.create({ name: 'Buyers', description: '' }, context)
  await world.lists.addMembers({ id: ListId.parse(list.id), contactIds: [ann] }, context)
  const now = world.clock.now()
  await world.ledger([
    { kind: 'clicked', contact: 'ann', at: now - 10 * DAY },
    { kind: 'clicked', contact: 'ann', at: now },
    { kind: 'bounced', contact: 'ann', at: now },
  ])
  await world.order(no, now - 5 * DAY, 1000)
  await world.order(no, now - 4 * DAY, 1000, 'refunded')
  await world.contactEvents.record({ contactId: ann, name: 'Demo', properties: {} }, context)
  const settings = settingsWith([
    [{ kind: 'field', field: 'leadStatus', operator: 'equals', value: 'hot' }, 20],
    [{ kind: 'field', field: 'city', operator: 'contains', value: 'öl' }, 7],
    [{ kind: 'field', field: 'custom:size', operator: 'equals', value: 'large' }, 3],
    [{ kind: 'field', field: 'company', operator: 'is_empty', value: '' }, -2],
    [{ kind: 'field', field: 'custom:nothing', operator: 'not_equals', value: 'x' }, 1],
    [{ kind: 'tag', tag: 'vip' }, 11],
    [{ kind: 'list', listId: ListId.parse(list.id) }, 5],
    [{ kind: 'event', event: 'clicked', name: '', halfLifeDays: 10, most: 100 }, 8],
    [{ kind: 'event', event: 'purchased', name: '', halfLifeDays: null, most: 15 }, 40],
    [{ kind: 'event', event: 'bounced', name: '', halfLifeDays: null, most: 4 }, -9],
    [{ kind: 'event', event: 'custom', name: 'Demo', halfLifeDays: null, most: 50 }, 6],
    [{ kind: 'event', event: 'custom', name: 'Other', halfLifeDays: null, most: 50 }, 600],
  ])
  await world.scores.save(settings, context)
  await world.figures.catchUp()
  const { lead } = await world.scores.ofContact({ contactId: ann }, context)
  expect(lead.parts.map(({ ruleId, points }) => [ruleId, points])).toEqual([
    ['r0', 20],
    ['r1', 7],
    ['r2', 3],
    ['r3', -2],
    ['r4', 1],
    ['r5', 11],
    ['r6', 5],
    ['r7', 12],
    ['r8', 15],
    ['r9', -4],
    ['r10', 6],
  ])
  expect(lead.score).toBe(74)
  expect(await scoreOf(world, 'ann')).toBe(74)
  expect(await scoreOf(world, 'bob')).toBe(-1)
})

test('a change of a contact, and time, move her score; nothing else computes it again', async () => {
  await using world = await openScoresWorld()
  await world.contact('ann')
  const context = await world.context()
  await world.ledger([{ kind: 'clicked', contact: 'ann', at: world.clock.now() }])
  await world.scores.save(
    settingsWith([
      [{ kind: 'field', field: 'company', operator: 'equals', value: 'Acme' }, 30],
      [{ kind: 'event', event: 'clicked', name: '', halfLifeDays: 1, most: 100 }, 16],
    ]),
    context,
  )
  await world.figures.catchUp()
  expect(await scoreOf(world, 'ann')).toBe(16)
  world.clock.jump(world.clock.now() + 2 * DAY)
  await world.figures.catchUp()
  expect(await scoreOf(world, 'ann')).toBe(4)
  await world.file.run("update contacts set company = 'ACME', revision = revision + 1 where id = 'ann'", [])
  world.figures.rescore()
  await world.figures.catchUp()
  expect(await scoreOf(world, 'ann')).toBe(34)
  const revision = await world.file.all('select revision from contacts', [])
  await world.scores.save(settingsWith([]), context)
  await world.figures.catchUp()
  expect(await scoreOf(world, 'ann')).toBe(0)
  expect(await world.file.all('select revision from contacts', [])).toEqual(revision)
})

test('crossing a threshold is told once, and going back only five points below it', async () => {
  await using world = await openScoresWorld()
  await world.contact('ann')
  const context = await world.context()
  const record = async (name: string): Promise<void> => {
    world.clock.jump(world.clock.now() + 1000)
    await world.contactEvents.record({ contactId: ann, name, properties: {} }, context)
  }
  await world.scores.save(
    settingsWith(
      [
        [{ kind: 'event', event: 'custom', name: 'up', halfLifeDays: null, most: 1000 }, 10],
        [{ kind: 'event', event: 'custom', name: 'down', halfLifeDays: null, most: 1000 }, -3],
      ],
      [
        { name: 'Hot', at: 40 },
        { name: 'Warm', at: 20 },
      ],
    ),
    context,
  )
  for (const name of ['up', 'up', 'down', 'down', 'up', 'up', 'down', 'down', 'down']) await record(name)
  const { events } = await world.contactEvents.ofContact({ contactId: ann, before: null, limit: 50 }, context)
  const told = events.filter(event => event.kind === 'score_crossed').reverse()
  expect(told.map(({ name, properties }) => [name, properties.threshold, properties.score])).toEqual([
    ['up', 'Warm', 20],
    ['down', 'Warm', 14],
    ['up', 'Warm', 24],
  ])
  expect((await world.scores.ofContact({ contactId: ann }, context)).lead).toMatchObject({ score: 25, level: 'Warm' })
})

test('other weights change the engagement of everybody, and a preview writes nothing', async () => {
  await using world = await openScoresWorld()
  await world.contact('ann')
  const context = await world.context()
  await world.ledger([{ kind: 'clicked', contact: 'ann', at: world.clock.now() }])
  await world.figures.catchUp()
  const kept = await world.file.all('select raw, heat from engagement', [])
  const settings = { ...settingsWith([]), weights: { ...DEFAULT_WEIGHTS, clicked: 50 } }
  const preview = await world.scores.preview({ contactId: ann, settings }, context)
  expect(preview.engagement).toMatchObject({ tier: 'hot', parts: [{ what: 'clicked', points: 50 }] })
  expect(await world.file.all('select raw, heat from engagement', [])).toEqual(kept)
  await world.scores.save(settings, context)
  expect(await world.scores.progress({}, context)).toMatchObject({ upToDate: false })
  await world.figures.catchUp()
  expect(await world.scores.progress({}, context)).toEqual({ upToDate: true, waiting: 0 })
  expect(await world.file.all('select raw from engagement', [])).toEqual([{ raw: 50 }])
})
