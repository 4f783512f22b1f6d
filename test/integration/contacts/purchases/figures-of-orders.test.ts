import fc from 'fast-check'
import { expect, test } from 'vitest'
import { purchaseHandlers } from '../../../../src/main/contacts/purchases/purchase-handlers.ts'
import { rfmGroup } from '../../../../src/main/contacts/purchases/rfm.ts'
import { rfmJob } from '../../../../src/main/contacts/purchases/rfm-job.ts'
import { DEFAULT_WEIGHTS, weightRows } from '../../../../src/main/contacts/scores/engagement-weights.ts'
import { scoreStore } from '../../../../src/main/contacts/scores/score-store.ts'
import { ContactId } from '../../../../src/shared/contract/define.ts'
import { DAY, openScoresWorld } from '../scores/scores-world.ts'

type World = Awaited<ReturnType<typeof openScoresWorld>>
const WEIGHTS = JSON.stringify(weightRows(DEFAULT_WEIGHTS))

async function different({ storage }: World): Promise<readonly string[]> {
  const checks = await scoreStore.differences(storage.reader, WEIGHTS)
  // The ledger still names those whose events changed hands: a real merge leaves an alias.
  return checks.filter(check => check.different > 0 && check.name !== 'events of the ledger').map(check => check.name)
}

const people = ['ann', 'bob', 'cleo'] as const
const step = fc.oneof(
  fc.record({
    kind: fc.constant('save' as const),
    contact: fc.constantFrom(...people),
    order: fc.integer({ min: 1, max: 6 }),
    daysAgo: fc.integer({ min: 0, max: 500 }),
    valueMinor: fc.integer({ min: 0, max: 100_000 }),
    currency: fc.constantFrom('USD', 'EUR', 'JPY'),
    status: fc.constantFrom('paid' as const, 'paid' as const, 'refunded' as const, 'cancelled' as const),
  }),
  fc.record({ kind: fc.constant('remove' as const), order: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('merge' as const), from: fc.constantFrom(...people), to: fc.constantFrom(...people) }),
)

test('totals and scores equal the recomputation after any orders, refunds, deletions and merges', async () => {
  await using world = await openScoresWorld()
  const handlers = purchaseHandlers(world.parts)
  const nos = new Map<string, number>()
  for (const id of people) nos.set(id, await world.contact(id))
  await world.ledger(people.map(contact => ({ kind: 'clicked', contact, at: world.clock.now() - DAY })))
  await world.figures.catchUp()
  const context = await world.context()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
      for (const one of steps) {
        if (one.kind === 'save') {
          await handlers.save(
            {
              contactId: ContactId.parse(one.contact),
              source: 'shop',
              externalId: String(one.order),
              at: world.clock.now() - one.daysAgo * DAY,
              currency: one.currency,
              valueMinor: one.valueMinor,
              status: one.status,
              items: [],
            },
            context,
          )
        } else if (one.kind === 'remove') {
          const [row] = await world.file.all("select id from orders where source = 'shop' and external_id = ?", [
            String(one.order),
          ])
          if (row) await handlers.remove({ id: String(row.id) }, context)
        } else {
          // As a merge does it: orders and events change hands, and who had or has them becomes stale.
          await world.file.run('update orders set contact_no = ? where contact_no = ?', [
            nos.get(one.to),
            nos.get(one.from),
          ])
          await world.file.run('update contact_events set contact_no = ? where contact_no = ?', [
            nos.get(one.to),
            nos.get(one.from),
          ])
          await world.figures.catchUp()
        }
        expect(await different(world)).toEqual([])
      }
    }),
    { numRuns: 12 },
  )
})

interface Customer {
  readonly last: number
  readonly orders: number
  readonly value: number
}

/** ntile(5) as SQL defines it, ties in the lower fifth; written out in plain TypeScript. */
function fifths(values: readonly number[]): ReadonlyMap<number, number> {
  const sorted = [...values].sort((a, b) => a - b)
  const scores = new Map<number, number>()
  let place = 0
  for (let fifth = 1; fifth <= 5; fifth++) {
    const size = Math.floor(sorted.length / 5) + (fifth <= sorted.length % 5 ? 1 : 0)
    for (const value of sorted.slice(place, place + size)) if (!scores.has(value)) scores.set(value, fifth)
    place += size
  }
  return scores
}

async function computeRfm(world: World): Promise<void> {
  const signal = new AbortController().signal
  await rfmJob(world.parts).run({ id: 'j', subject: 'all', payload: {}, attempt: 1, signal, progress: () => undefined })
}

test('recency, frequency and value agree with quintiles computed otherwise', async () => {
  await using world = await openScoresWorld()
  const now = world.clock.now()
  const expected = new Map<number, Customer>()
  let state = 7
  const next = (most: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % most
  }
  for (let n = 0; n < 43; n++) {
    const no = await world.contact(`c${n}`)
    for (let order = 0; order < 1 + next(5); order++) {
      const at = now - next(400) * DAY - 1000
      const value = next(30) * 100
      await world.order(no, at, value, next(9) === 0 ? 'refunded' : 'paid')
    }
    await world.order(no, now - next(300) * DAY, 5000, 'paid', n % 15 === 0 ? 'EUR' : 'USD')
  }
  const since = now - 365 * DAY
  for (const row of await world.file.all(
    "select contact_no, at, value_minor from orders where status = 'paid' and currency = 'USD'",
    [],
  )) {
    const at = Number(row.at)
    if (at <= since) continue
    const known = expected.get(Number(row.contact_no)) ?? { last: 0, orders: 0, value: 0 }
    expected.set(Number(row.contact_no), {
      last: Math.max(known.last, at),
      orders: known.orders + 1,
      value: known.value + Number(row.value_minor),
    })
  }
  const days = (customer: Customer): number => Math.floor((now - customer.last) / DAY)
  const customers = [...expected.values()]
  const recency = fifths(customers.map(customer => -days(customer)))
  const frequency = fifths(customers.map(customer => customer.orders))
  const monetary = fifths(customers.map(customer => customer.value))

  await computeRfm(world)
  const rows = await world.file.all(
    "select contact_no, recency_days, recency, frequency, monetary, rfm_group from rfm where currency = 'USD' order by contact_no",
    [],
  )
  expect(rows).toEqual(
    [...expected]
      .sort(([a], [b]) => a - b)
      .map(([no, customer]) => {
        const r = recency.get(-days(customer)) ?? 0
        const f = frequency.get(customer.orders) ?? 0
        const m = monetary.get(customer.value) ?? 0
        return {
          contact_no: no,
          recency_days: days(customer),
          recency: r,
          frequency: f,
          monetary: m,
          rfm_group: rfmGroup(r, f, m),
        }
      }),
  )
  // Three customers paid in euros: too few to compare, so fixed thresholds count.
  expect(await world.file.all("select distinct monetary, frequency from rfm where currency = 'EUR'", [])).toEqual([
    { monetary: 2, frequency: 1 },
  ])

  world.clock.jump(now + 400 * DAY)
  await computeRfm(world)
  expect(await world.file.all('select contact_no from rfm', [])).toEqual([])
})
