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

const NAMES: Readonly<Record<string, string>> = {
  German: 'Jürgen Größe; Käthe Weiß; Müller; Köln; Düsseldorf; Österreich; Schröder; Übersee; Süß',
  French: 'François Lefèvre; Hélène Gauthier; Noël Benoît; Besançon; Aurélie Côté; Château; Jérôme; l’Été; Zoë; Maïté',
  Spanish: 'José Núñez; María Gutiérrez; Logroño; Ángel Ibáñez; Señora Peña; Cádiz; Málaga; Íñigo',
  Portuguese: 'João Simões; Conceição; São Paulo; Antônio Magalhães; Luís Gonçalves; Vitória; Brandão',
  Italian: 'Niccolò Forlì; Cantù; Libertà; Società; Perché; Ciò; Lunedì',
  Swedish: 'Åsa Söderström; Malmö; Göran Sjöberg; Västerås; Håkan; André',
  Danish: 'Søren Kjær; Ærø; Århus; Jørgen Møller; Bjørn Ødegård; Sæther',
  English: 'Women’s Institute; O’Neill; “Acme” Ltd – North; Zoë Baker; Café Rouge; Jacob’s',
}
const CENTRAL: Readonly<Record<string, string>> = {
  Polish: POLISH,
  Czech: 'Dvořák; Němcová; Jiří Černý; Plzeň; Šárka Růžičková; Třebíč; Žďár; Kateřina Nováková; Čapek; Děčín',
  Hungarian: 'Győr; Erdős Pál; Szűcs Őrs; Hódmezővásárhely; Kővári Gergő; Tőkés Béla; Fülöp Ágnes',
}

test.each(
  Object.entries(NAMES).flatMap(([language, text]) =>
    ['windows-1252', 'macintosh', ...(language === 'English' ? [] : ['cp850'])].map(encoding => [
      language,
      encoding,
      text,
    ]),
  ),
)('recognises %s in %s', (_, encoding, text) => {
  const plain = encoding === 'cp850' ? text.replaceAll('’', "'") : text
  const found = detectEncoding([
    Buffer.from(`Name;City\n${'Ann Smith;Boston\n'.repeat(20)}`),
    iconv.encode(plain, encoding),
  ])
  expect(iconv.decode(iconv.encode(plain, encoding), found.encoding)).toBe(plain)
})

test.each(
  Object.entries(CENTRAL).flatMap(([language, text]) =>
    ['windows-1250', 'iso-8859-2'].map(encoding => [language, encoding, text]),
  ),
)('recognises %s in %s', (_, encoding, text) => {
  const bytes = iconv.encode(text, encoding)
  expect(iconv.decode(bytes, detectEncoding([bytes]).encoding)).toBe(text)
})

test('recognises Turkish, and French with its œ in ISO-8859-15', () => {
  const turkish = 'Ayşe Yılmaz; Gökçe Öztürk; İstanbul; Çağlar Güneş; Oğuz Şahin; Işık'
  expect(detectEncoding([iconv.encode(turkish, 'windows-1254')]).encoding).toBe('windows-1254')
  const french = "Sœur Hélène; Cœur d'été; Bœuf; Œuvre; Noël"
  expect(detectEncoding([iconv.encode(french, 'iso-8859-15')]).encoding).toBe('iso-8859-15')
})

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

test('is not misled by letters that UTF-8 wrote into the file before', () => {
  const mixed = 'Müller GmbH; MÃ¼ller GmbH; Köln; MÃ¼nchen; Zoë; MÃ¼ller GmbH; Jörg'
  expect(detectEncoding([iconv.encode(mixed, 'windows-1252')]).encoding).toBe('windows-1252')
})
