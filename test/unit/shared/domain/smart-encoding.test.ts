import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smartEncode } from '../../../../src/shared/domain/smart-encoding.ts'
import { smsLength } from '../../../../src/shared/domain/sms-length.ts'

describe('smart encoding of an SMS', () => {
  test.each([
    ['Don’t miss it', "Don't miss it"],
    ['‘a’ ‚b‛ ´c`', "'a' 'b' 'c'"],
    ['“a” „b“ «c»', '"a" "b" "c"'],
    ['1–2 — 3‐4‑5−6', '1-2 - 3-4-5-6'],
    ['wait…', 'wait...'],
    ['a\u00a0b\u2009c\td', 'a b c d'],
    ['• one · two', '* one - two'],
    ['2×3', '2x3'],
    ['A™ B® C©', 'A(TM) B(R) C(C)'],
    ['here → there', 'here -> there'],
    ['\ufeffa\u200bb\u200dc', 'abc'],
  ])('%j becomes %j', (before, after) => {
    const { text } = smartEncode(before)
    expect(text).toBe(after)
    expect(smsLength(text).alphabet).toBe('gsm7')
  })

  test('says what changed, and how often', () => {
    expect(smartEncode('“Don’t” — it’s…')).toEqual({
      text: '"Don\'t" - it\'s...',
      changes: [
        { from: '“', to: '"', count: 1 },
        { from: '’', to: "'", count: 2 },
        { from: '”', to: '"', count: 1 },
        { from: '—', to: '-', count: 1 },
        { from: '…', to: '...', count: 1 },
      ],
    })
  })

  test.each(['Olá – até já', '“Hi” 😀', '👨‍👩‍👧 fun…', 'Zażółć — gęślą'])(
    'leaves %j as it is: it needs UCS-2 anyway',
    text => {
      expect(smartEncode(text)).toEqual({ text, changes: [] })
    },
  )

  test('never changes GSM texts, and doing it twice changes nothing more', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('ab é€{’“–…•×™→\u00a0\u200b😀ł')) })
    fc.assert(
      fc.property(text, before => {
        const once = smartEncode(before)
        expect(smartEncode(once.text)).toEqual({ text: once.text, changes: [] })
        if (smsLength(before).alphabet === 'gsm7') expect(once.text).toBe(before)
        if (once.changes.length > 0) expect(smsLength(once.text).alphabet).toBe('gsm7')
      }),
    )
  })
})
