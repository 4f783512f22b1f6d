import { describe, expect, test } from 'vitest'
import { replyMeaning } from '../../../../src/shared/domain/opt-out-words.ts'

const meaning = (text: string, yesStarts = false) => replyMeaning(text, { yesStarts })

describe('what an answer means', () => {
  test.each([
    ...['STOP', 'stop', ' Stop. ', '"stop"', 'STOP!!!', 'StopAll', 'stop  all', 'UNSUBSCRIBE', 'cancel', 'End', 'quit'],
    ...['revoke', 'optout', 'OPT-OUT', 'opt out', 'Remove', 'ARRÊT', 'arret', 'ALTO', 'baja', 'Parar', 'STOPP', 'TD'],
    ...['\ufeffstop', 'stop 🙏', 'ＳＴＯＰ'],
  ])('%j alone is a stop', text => {
    expect(meaning(text)).toEqual({ kind: 'stop' })
  })

  test.each(['START', 'unstop', 'Subscribe.'])('%j is a start', text => {
    expect(meaning(text)).toEqual({ kind: 'start' })
  })

  test('YES is a start only where the sender takes it so', () => {
    expect(meaning('Yes')).toEqual({ kind: 'none' })
    expect(meaning('Yes!', true)).toEqual({ kind: 'start' })
  })

  test.each(['HELP', 'info?', 'Aide', 'ayuda'])('%j asks for help', text => {
    expect(meaning(text)).toEqual({ kind: 'help' })
  })

  test.each([
    ['please stop', true],
    ['stop texting me', true],
    ['STOP now please!', true],
    ['I want to opt out', true],
    ['remove me', true],
    ['por favor baja', true],
    ['remove me from every list that you have there', false],
    ['no more', false],
    ['No más', false],
    ['Wrong number, this is not Maria', false],
    ['don’t text me', false],
    ['take me off', false],
    ['I have told you three times now to stop writing to this number', false],
  ])('%j says it in words, plain: %s', (text, isPlain) => {
    expect(meaning(text)).toEqual({ kind: 'stop_in_words', isPlain })
  })

  test.each([
    '',
    '👍',
    'Thank you',
    'See you at the bus-stop',
    'non-stop fun',
    'Stopped by today',
    'the weekend is fine',
    'yes',
  ])('%j means none of it', text => {
    expect(meaning(text)).toEqual({ kind: 'none' })
  })
})
