import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { detectEncoding } from '../../../../../src/main/contacts/import/reading/text-encoding.ts'

const WESTERN =
  'Vorname;Nachname;Stadt\nJürgen;Größe;Köln\nFrançois;Lefèvre;Besançon\nÅsa;Söderström;Malmö\nJosé;Núñez;Logroño\n'
const POLISH =
  'Imię;Nazwisko;Miasto\nŁukasz;Żółkiewski;Łódź\nZdzisław;Wiśniewski;Częstochowa\nGrażyna;Dąbrowska;Kraków\nMałgorzata;Kołodziejczyk;Gdańsk\n'
const RUSSIAN =
  'Имя;Фамилия;Город\nЕкатерина;Смирнова;Москва\nАлександр;Пушкин;Санкт-Петербург\nНаталья;Гончарова;Калуга\n'
const GREEK = 'Όνομα;Πόλη\nΓιώργος Παπαδόπουλος;Θεσσαλονίκη\nΕλένη Γεωργίου;Αθήνα\nΔημήτρης Νικολάου;Πάτρα\n'
const JAPANESE =
  '名前,住所\n山田太郎,東京都千代田区一丁目\n佐藤花子,大阪府大阪市北区\n鈴木一郎,北海道札幌市中央区\nさくらももこ,しずおかけんしみずし\n'

test.each([
  ['utf-8', WESTERN],
  ['utf-8', JAPANESE],
  ['windows-1252', WESTERN],
  ['windows-1250', POLISH],
  ['windows-1251', RUSSIAN],
  ['windows-1253', GREEK],
  ['shift_jis', JAPANESE],
  ['utf-16le', WESTERN],
  ['utf-16be', WESTERN],
])('recognises %s without a mark', (encoding, text) => {
  expect(detectEncoding([iconv.encode(text, encoding)]).encoding).toBe(encoding)
})

test('takes a single accent in a long English text for Windows-1252', () => {
  const text = `Name,City\n${'Ann Smith,Springfield\n'.repeat(300)}Zoë Baker,Boston\n`
  expect(detectEncoding([iconv.encode(text, 'windows-1252')]).encoding).toBe('windows-1252')
})

test('looks beyond the beginning of the file', () => {
  const plain = Buffer.from('Ann Smith,Springfield\n'.repeat(1000))
  expect(detectEncoding([plain, iconv.encode(WESTERN, 'windows-1252')]).encoding).toBe('windows-1252')
})

test('is not misled by a character that is cut in two at the edges of a block', () => {
  const bytes = Buffer.from('éàü€😀'.repeat(50))
  for (let cut = 0; cut < 8; cut++) {
    expect(detectEncoding([Buffer.from('x'), bytes.subarray(cut, bytes.length - cut)]).encoding).toBe('utf-8')
  }
})
