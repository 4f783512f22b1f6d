import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smsLength } from '../../../../src/shared/domain/sms-length.ts'

const a = (n: number): string => 'a'.repeat(n)

// standards.md section 11.
const VECTORS: readonly (readonly [string, string, 'gsm7' | 'ucs2', number, number])[] = [
  ['160 × a', a(160), 'gsm7', 160, 1],
  ['161 × a', a(161), 'gsm7', 161, 2],
  ['306 × a', a(306), 'gsm7', 306, 2],
  ['307 × a', a(307), 'gsm7', 307, 3],
  ['80 × €', '€'.repeat(80), 'gsm7', 160, 1],
  ['81 × €', '€'.repeat(81), 'gsm7', 162, 2],
  ['152 × a, €, 153 × a', `${a(152)}€${a(153)}`, 'gsm7', 307, 3],
  ['159 × a, {', `${a(159)}{`, 'gsm7', 161, 2],
  ['160 × é', 'é'.repeat(160), 'gsm7', 160, 1],
  ['70 × ç', 'ç'.repeat(70), 'ucs2', 70, 1],
  ['71 × ç', 'ç'.repeat(71), 'ucs2', 71, 2],
  ['35 × 😀', '😀'.repeat(35), 'ucs2', 70, 1],
  ['36 × 😀', '😀'.repeat(36), 'ucs2', 72, 2],
  ['66 × x, 😀, 66 × x', `${'x'.repeat(66)}😀${'x'.repeat(66)}`, 'ucs2', 134, 3],
  ['Don’t miss it', 'Don’t miss it', 'ucs2', 13, 1],
]

describe('length of an SMS', () => {
  test.each(VECTORS)('%s', (_name, text, alphabet, units, segments) => {
    expect(smsLength(text)).toMatchObject({ alphabet, units, segments })
  })

  test('an empty text is one message of no units', () => {
    expect(smsLength('')).toEqual({ alphabet: 'gsm7', units: 0, segments: 1, culprits: [] })
  })

  test('names each character that forces UCS-2 once, in order', () => {
    expect(smsLength('Olá – ola – á').culprits).toEqual(['á', '–'])
  })

  test('knows upper-case Ç and not lower-case ç', () => {
    expect(smsLength('Ç').alphabet).toBe('gsm7')
    expect(smsLength('ç').alphabet).toBe('ucs2')
  })

  test('counts every character of the extension table twice', () => {
    expect(smsLength('\f^{}\\[~]|€')).toMatchObject({ alphabet: 'gsm7', units: 20, segments: 1 })
  })

  test('never needs fewer parts than the units ask for, nor one more than a lost unit a part can cause', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '€', 'é', '{', 'ç', '😀'), { maxLength: 500 }), characters => {
        const { alphabet, units, segments } = smsLength(characters.join(''))
        const [single, part] = alphabet === 'gsm7' ? [160, 153] : [70, 67]
        if (units <= single) expect(segments).toBe(1)
        else {
          expect(segments).toBeGreaterThanOrEqual(Math.ceil(units / part))
          expect(segments).toBeLessThanOrEqual(Math.ceil(units / (part - 1)))
        }
      }),
    )
  })
})
