import { sql } from 'kysely'
import { systemClock } from '../../src/main/kernel/clock.ts'
import { createAsking } from '../../src/main/segments/asking.ts'
import { indexStore } from '../../src/main/segments/people/index-store.ts'
import { leavesOf, peopleStore } from '../../src/main/segments/people/people-store.ts'
import type { Ask } from '../../src/main/segments/rule/ask.ts'
import { indexNeed } from '../../src/main/segments/rule/index-need.ts'
import { readRule } from '../../src/main/segments/rule/read-rule.ts'
import { problemsOf } from '../../src/main/segments/rule/setting.ts'
import { settingFor } from '../../src/main/segments/settings.ts'
import { openStorage, type Storage } from '../../src/main/storage/database.ts'
import { type Reader, transaction } from '../../src/main/storage/transaction.ts'
import { segmentParts } from '../support/segment-parts.ts'
import { TestClock } from '../support/test-clock.ts'
import type { BenchResult } from './bench-result.ts'
import { NOW, segmentFile } from './segment-file.ts'
import { RULE_CASES } from './segment-rules.ts'

const RUNS = 5
// Below this the event loop and the thread pool are measured, not the question.
const LEAST_MS = 1

/**
 * Counts the people of twenty rules over `size` contacts, three times as many orders and five times as many events, against
 * the best SQL by hand for the same question, one after the other on the same connection. Both may use the indexes that are
 * made on demand. The file is kept for the next time.
 */
export async function benchSegments(size = 100_000): Promise<BenchResult> {
  const folder = await segmentFile(size)
  const clock = new TestClock(NOW)
  const storage = await openStorage(folder, systemClock())
  try {
    const parts = await segmentParts(storage, clock)
    const settings = await parts.accounts.settings(storage.reader)
    await transaction(
      storage.db,
      tx => parts.accounts.saveSettings(tx, { ...settings, timeZone: 'UTC', currency: 'EUR' }),
      {
        name: 'bench',
      },
    )
    const asks = await Promise.all(
      RULE_CASES.map(async ({ rule, says }) => {
        const setting = await settingFor(parts, storage.reader, [rule])
        const [problem] = problemsOf(rule, setting)
        if (problem) throw new Error(`${says}: ${problem.text}`)
        return readRule(rule, setting)
      }),
    )
    await makeIndexes(storage, asks)
    const asking = createAsking(parts)
    const measured: { readonly says: string; readonly people: number; readonly ms: number; readonly handMs: number }[] =
      []
    for (const [n, { says, byHand }] of RULE_CASES.entries()) {
      const ask = asks[n]
      if (!ask) throw new Error(says)
      measured.push({
        says,
        ...(await storage.heavy.run(undefined, reader => race(reader, ask, byHand, asking, says))),
      })
    }
    for (const one of measured) {
      const line = `${one.ms.toFixed(1).padStart(8)} ms ${one.handMs.toFixed(1).padStart(8)} ms by hand ${(one.ms / one.handMs).toFixed(2).padStart(6)} x ${String(one.people).padStart(8)} people  ${one.says}`
      process.stdout.write(`${line}\n`)
    }
    const times = measured.map(one => one.ms).sort((a, b) => a - b)
    const ratios = measured
      .map(one => Math.max(one.ms, LEAST_MS) / Math.max(one.handMs, LEAST_MS))
      .sort((a, b) => a - b)
    const sum = (of: 'ms' | 'handMs'): number => measured.reduce((total, one) => total + one[of], 0)
    return {
      name: 'segments',
      size,
      ratio: sum('ms') / sum('handMs'),
      floorMs: Math.round(sum('handMs')),
      ms: Math.round(sum('ms')),
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
      medianMs: median(times),
      slowestMs: times.at(-1) ?? 0,
      medianRatio: median(ratios),
      worstRatio: ratios.at(-1) ?? 0,
    }
  } finally {
    await storage.close()
  }
}

async function makeIndexes(storage: Storage, asks: readonly Ask[]): Promise<void> {
  for (const need of asks.flatMap(leavesOf).map(indexNeed)) {
    if (need) await transaction(storage.db, tx => indexStore.make(tx, need), { name: 'bench.index' })
  }
}

async function race(
  reader: Reader,
  ask: Ask,
  byHand: string,
  asking: ReturnType<typeof createAsking>,
  says: string,
): Promise<{ people: number; ms: number; handMs: number }> {
  const ours = async (): Promise<number> => peopleStore.count(reader, ask, await asking.plan(reader, [ask]))
  const hand = async (): Promise<number> => {
    const { rows } = await sql.raw<{ people: number }>(byHand).execute(reader)
    return rows[0]?.people ?? -1
  }
  const [people, expected] = [await ours(), await hand()]
  if (people !== expected) throw new Error(`${says}: the rule finds ${people}, by hand ${expected}`)
  const oursMs: number[] = []
  const handMs: number[] = []
  for (let run = 0; run < RUNS; run++) {
    oursMs.push(await timed(ours))
    handMs.push(await timed(hand))
  }
  // The quickest of a few runs: what else the machine does makes runs longer, never shorter.
  return { people, ms: Math.min(...oursMs), handMs: Math.min(...handMs) }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
