import { expect, test } from 'vitest'
import { mentionedWords, plainWord } from '../../../../../src/main/contacts/changes/mentioned-words.ts'

test('a field is mentioned in rules and merge fields however it is written', () => {
  const words = mentionedWords(['{"field":"custom:shoe_size"}', 'Hello {{ Pet Name | friend }}, {{custom.hobby}}'])
  expect(['shoe_size', 'pet_name', 'hobby', 'hat'].map(key => words.has(plainWord(key)))).toEqual([
    true,
    true,
    true,
    false,
  ])
})
