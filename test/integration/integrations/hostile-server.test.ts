import { expect, test } from 'vitest'
import { createComposer } from '../../../src/main/integrations/mime/compose.ts'
import { createSmtpProvider } from '../../../src/main/integrations/smtp/smtp-provider.ts'
import { systemClock } from '../../../src/main/kernel/clock.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import { type Act, type Moment, startScriptedSmtp } from '../../support/scripted-smtp.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'

const REPLIES = [
  '250 ok',
  '354 go',
  '421 bye',
  '450 4.2.0 later',
  '452 4.3.1 full',
  '550 5.1.1 no',
  '554 5.6.0 no',
  '2',
  '',
]

test.each([true, false])(
  'a server that does anything at any time is never believed too much (pipelining: %s)',
  async pipelining => {
    const random = seededRandom(pipelining ? 11 : 12)
    const took = new Set<string>()
    const pick = (): Act | undefined => {
      const chance = random.next()
      if (chance < 0.75) return undefined
      if (chance < 0.85) return { drop: true }
      const reply = REPLIES[Math.floor(random.next() * REPLIES.length)] ?? ''
      return { say: `${reply}\r\n` }
    }
    const reference = (content: string | undefined) => /^X-Message-Ref: (\S+)/m.exec(content ?? '')?.[1] ?? ''
    await using server = await startScriptedSmtp((moment: Moment) => {
      if (moment === 'EHLO' && !pipelining) return { say: '250 hello\r\n' }
      if (moment === 'connect' || moment === 'EHLO' || moment === 'QUIT') return undefined
      const act = pick()
      // The server keeps a message when it says 2xx, or when it vanishes after having heard all of it.
      if (moment === 'END') {
        const keeps = act === undefined || 'drop' in act || ('say' in act && act.say.startsWith('2'))
        if (keeps) took.add(reference(server.contents.at(-1)))
      }
      return act
    })
    const provider = createSmtpProvider({
      endpoint: { host: '127.0.0.1', port: server.port, security: 'none', allowInvalidCertificate: false },
      login: async () => ({ user: '', password: '' }),
      concurrency: 4,
      clock: systemClock(),
      compose: createComposer(),
    })
    const signal = new AbortController().signal
    const kinds = new Map<string, number>()
    let next = 0
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        while (next < 1_500) {
          const messageId = `m${next++}`
          const { kind } = await provider.send(anEnvelope({ messageId }), signal)
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
          if (kind === 'accepted') expect(took.has(messageId), `${messageId} was accepted`).toBe(true)
          else if (kind !== 'unknown') expect(took.has(messageId), `${messageId} was ${kind}`).toBe(false)
        }
      }),
    )
    await provider.close()
    for (const kind of ['accepted', 'rejected', 'deferred', 'throttled', 'unknown']) {
      expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(5)
    }
  },
)
