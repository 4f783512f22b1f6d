import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { factsStore } from '../../../src/main/segments/people/facts-store.ts'
import { leavesOf, peopleStore } from '../../../src/main/segments/people/people-store.ts'
import type { Ask } from '../../../src/main/segments/rule/ask.ts'
import { holds } from '../../../src/main/segments/rule/holds.ts'
import { readRule } from '../../../src/main/segments/rule/read-rule.ts'
import { problemsOf } from '../../../src/main/segments/rule/setting.ts'
import { aCondition, aPerson, aRule } from './random-rules.ts'
import { makeWorld, planFor, SETTING } from './segment-world.ts'

const SEED = 20_261_120
const people = fc.sample(aPerson, { numRuns: 80, seed: SEED })
const everybody = people.map((_person, n) => n + 1)

async function check(rules: readonly Parameters<typeof readRule>[0][]): Promise<void> {
  const world = await makeWorld(people)
  try {
    const { reader } = world.storage
    const facts = await factsStore.load(reader, everybody)
    expect(facts).toHaveLength(people.length)
    for (const rule of rules) {
      expect(problemsOf(rule, SETTING)).toEqual([])
      const ask: Ask = readRule(rule, SETTING)
      const inMemory = facts.filter(one => holds(ask, one)).map(one => one.no)
      const plan = await planFor(world.storage, ask, leavesOf)
      const shown = JSON.stringify(rule)
      expect(await peopleStore.page(reader, ask, plan, 0, 1000), shown).toEqual(inMemory)
      expect(await peopleStore.count(reader, ask, plan), shown).toBe(inMemory.length)
      // Sizes only choose the way; a plan that knows nothing must find the same.
      const blind = { ground: plan.ground, sizes: new Map() }
      expect(await peopleStore.page(reader, ask, blind, 0, 1000), shown).toEqual(inMemory)
      const huge = {
        ground: { ...plan.ground, people: 10_000_000 },
        sizes: new Map([...plan.sizes].map(([leaf], n) => [leaf, n])),
      }
      expect(await peopleStore.page(reader, ask, huge, 0, 1000), shown).toEqual(inMemory)
    }
  } finally {
    await world.close()
  }
}

test('SQL and memory find the same people by single conditions of every kind', async () => {
  await check(fc.sample(aCondition, { numRuns: 450, seed: SEED }))
}, 60_000)

test('SQL and memory find the same people by random trees of conditions', async () => {
  await check(fc.sample(aRule, { numRuns: 150, seed: SEED }))
}, 60_000)
