import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hours, minutes } from '../../../src/main/kernel/clock.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import { CampaignId } from '../../../src/shared/contract/define.ts'
import { verifyLedger } from '../../../src/verify/verify-ledger.ts'
import { later, launchModes, phones, tell } from './modes-world.ts'
import { accepted, createSendWorld, refusal, type SendWorld, type Wire } from './send-world.ts'

interface Fate {
  readonly id: string
  readonly contactId: string
  readonly step: number
  readonly state: string
  readonly reason: string
  readonly movedFor: string | null
}

/** Answers by chance: most are taken, some refused for good or for a while, a few are never heard of. */
function byChance(chance: () => number): Wire {
  return async (envelope, signal) => {
    const n = chance()
    if (n < 0.2) return refusal('rejected', 'permanent_message')
    if (n < 0.3) return refusal('deferred', 'temporary')
    if (n < 0.36) return refusal('unknown', 'uncertain')
    return accepted(envelope, signal)
  }
}

const rowsOf = (world: SendWorld, id: string) =>
  world.rows<Fate>(
    `select m.id, m.contact_id as contactId, m.step, m.state, m.reason,
       (select l.data ->> 'reason' from ledger l where l.message_id = m.id and l.kind = 'moved') as movedFor
     from messages m where m.campaign_id = ? order by m.contact_id, m.step`,
    id,
  )

test('whatever the answers, news and restarts: nobody is lost, and nobody has it twice unless a time-out was the reason', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom('cascade' as const, 'backup' as const),
      async (seed, mode) => {
        const random = seededRandom(seed)
        const chance = (): number => random.next()
        let world = await createSendWorld({ seed })
        await using first = world
        world.wire = byChance(chance)
        const people = await world.people(12)
        await phones(
          world,
          people.filter(() => chance() < 0.2),
        )
        const id = await launchModes(world, mode, ['sms', 'whatsapp', 'email'])
        const delivered = new Set<string>()
        const told = new Set<string>()
        for (let round = 0; round < 14; round++) {
          await later(world, minutes(Math.floor(chance() * 90)))
          for (const row of await rowsOf(world, id)) {
            if (row.state !== 'accepted' || chance() > 0.3 || told.has(row.id)) continue
            told.add(row.id)
            const kind = chance() < 0.6 ? 'delivered' : row.step === 3 ? 'bounced' : 'failed'
            if (kind === 'delivered') delivered.add(row.id)
            await tell(world, id, { step: row.step, kind, contactId: row.contactId })
          }
          if (chance() < 0.2) {
            world = await world.kill()
            world.wire = byChance(chance)
          }
        }
        const input = { campaignId: CampaignId.parse(id), messageIds: null, decision: 'treat_as_sent' as const }
        for (let round = 0; round < 4; round++) {
          world.wire = accepted
          await later(world, hours(30))
          const isDoubt = (await rowsOf(world, id)).some(row => row.state === 'unknown')
          if (isDoubt) await world.sending.handlers.resolveUnknown(input, world.context)
        }
        const rows = await rowsOf(world, id)
        expect(new Set(rows.map(row => row.contactId)).size).toBe(people.length)
        expect(rows.filter(row => !['accepted', 'rejected', 'skipped'].includes(row.state))).toEqual([])
        for (const contactId of people) {
          const own = rows.filter(row => row.contactId === contactId)
          const arrived = own.filter(row => delivered.has(row.id))
          if (arrived.length > 1) expect(own.map(row => row.movedFor)).toContain('timed_out')
          // Not one skip for being reached unless something was taken; a person never ends with nothing tried.
          if (own.some(row => row.reason === 'reached_otherwise')) {
            expect(own.some(row => row.state === 'accepted')).toBe(true)
          }
        }
        expect(await world.rows('select status from campaigns where id = ?', id)).toEqual([{ status: 'completed' }])
        expect((await world.sending.verify(world.storage.reader)).checks.filter(check => !check.ok)).toEqual([])
        const { checks } = await verifyLedger(join(world.folder, 'tidings.db'), null)
        expect(checks.filter(check => !check.ok)).toEqual([])
        if (world !== first) await world.close()
      },
    ),
    { numRuns: 6 },
  )
}, 120_000)
