import { H, inEncoding, type MalformedCases } from './malformed-case.ts'

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

/** Files whose bytes are the trouble. */
export const ENCODING_CASES: MalformedCases = {
  'a byte order mark before the first name': {
    file: `\uFEFF${H}Ann,ann@example.org,\n`,
    rows: 1,
    created: 1,
    has: { first_name: 'Ann' },
  },
  'UTF-16 little endian with tabs, as Excel saves Unicode text': {
    file: inEncoding('Name\tEmail\r\nJosé\tjose@example.org\r\n', 'utf-16le', true),
    rows: 1,
    created: 1,
    has: { first_name: 'José' },
  },
  'UTF-16 big endian': {
    file: inEncoding(`${H}José,jose@example.org,\n`, 'utf-16be', true),
    rows: 1,
    created: 1,
    has: { first_name: 'José' },
  },
  'UTF-16 without a mark': {
    file: inEncoding(`${H}Jose,jose@example.org,\nAnn,ann@example.org,\n`, 'utf-16le'),
    rows: 2,
    created: 2,
  },
  'UTF-16 that ends in the middle of a character': {
    file: inEncoding(`${H}José,jose@example.org,\nAnn,ann@example.org,x`, 'utf-16le', true).subarray(0, -1),
    rows: 2,
    created: 2,
    has: { first_name: 'José' },
  },
  'UTF-32 with a mark': {
    file: inEncoding(`${H}José,jose@example.org,\n`, 'utf-32le', true),
    rows: 1,
    created: 1,
    has: { first_name: 'José' },
  },
  'Windows-1252': {
    file: inEncoding(
      'Vorname;Nachname;E-Mail\nJürgen;Größe;j@example.org\nMüller;Weiß;m@example.org\n',
      'windows-1252',
    ),
    rows: 2,
    created: 2,
    has: { first_name: 'Jürgen', last_name: 'Größe' },
  },
  'Windows-1250': {
    file: inEncoding(
      'Imię;Nazwisko;Email\nŁukasz;Żółkiewski;l@example.org\nGrażyna;Dąbrowska;g@example.org\n',
      'windows-1250',
    ),
    rows: 2,
    created: 2,
    has: { last_name: 'Żółkiewski' },
  },
  'Windows-1251': {
    file: inEncoding(
      'Имя,Email\nЕкатерина Смирнова,e@example.org\nАлександр Пушкин,a@example.org\nНаталья Гончарова,n@example.org\n',
      'windows-1251',
    ),
    rows: 3,
    created: 3,
    has: { first_name: 'Екатерина Смирнова' },
  },
  'KOI8-R': {
    file: inEncoding(
      'Имя,Email\nЕкатерина Смирнова,e@example.org\nАлександр Пушкин,a@example.org\nНаталья Гончарова,n@example.org\n',
      'koi8-r',
    ),
    rows: 3,
    created: 3,
    has: { first_name: 'Наталья Гончарова' },
  },
  'ISO-8859-2': {
    file: inEncoding('Jméno,Příjmení,Email\nJiří,Dvořák,j@example.org\nŠárka,Růžičková,s@example.org\n', 'iso-8859-2'),
    rows: 2,
    created: 2,
    has: { email: 's@example.org' },
  },
  'ISO-8859-15': {
    file: inEncoding('Prénom,Nom,Email\nSœur,Hélène,s@example.org\nNoël,Lebœuf,n@example.org\n', 'iso-8859-15'),
    rows: 2,
    created: 2,
    has: { first_name: 'Sœur', last_name: 'Hélène' },
  },
  'MacRoman from an old Macintosh, lines ended by CR': {
    file: inEncoding('Prénom;Nom;Email\rFrançois;Lefèvre;f@example.org\rChloë;Gérôme;c@example.org\r', 'macintosh'),
    rows: 2,
    created: 2,
    has: { first_name: 'François', last_name: 'Lefèvre' },
  },
  'DOS code page 850': {
    file: inEncoding(
      'Vorname;Nachname;E-Mail\r\nJürgen;Müller;j@example.org\r\nKäthe;Schröder;k@example.org\r\n\u001a',
      'cp850',
    ),
    rows: 2,
    created: 2,
    has: { first_name: 'Käthe', last_name: 'Schröder' },
  },
  'Shift JIS': {
    file: inEncoding(
      '名前,メール\n山田太郎,y@example.org\n佐藤花子,s@example.org\nさくらももこ,m@example.org\n',
      'shift_jis',
    ),
    rows: 3,
    created: 3,
    has: { email: 'y@example.org' },
  },
  'UTF-8 with one cell that was cut inside a character': {
    file: bytes(
      `${H}${'Jürgen Größe,j@example.org,\nÄnne Köß,k@example.org,\nÉléonore Çelik,l@example.org,\n'}Ren`,
      [0xc3],
      ',r@example.org,\n',
    ),
    rows: 4,
    created: 4,
    has: { first_name: 'Jürgen', last_name: 'Größe' },
  },
  'UTF-8 cut off inside its last character': {
    file: bytes(`${H}Ann,ann@example.org,\nBob,bob@example.org,\nGrö`, [0xc3]),
    rows: 3,
    created: 2,
    rejects: [[4, /neither/]],
  },
  'a second file with its own mark and header behind the first': {
    file: `\uFEFF${H}Ann,ann@example.org,\n\uFEFF${H}Bob,bob@example.org,\n`,
    rows: 2,
    created: 2,
  },
  'NUL characters': { file: `${H}A\0nn,ann@exa\0mple.org,\n`, rows: 1, created: 1, has: { first_name: 'Ann' } },
  'a block of NUL characters at the end, as a crash leaves it': {
    file: `${H}Ann,ann@example.org,\n${'\0'.repeat(500)}`,
    rows: 1,
    created: 1,
  },
  'line and paragraph separators of Unicode in a name': {
    file: `${H}Ann\u2028Lee,ann@example.org,\nBob\u0085Ray,bob@example.org,\n`,
    rows: 2,
    created: 2,
  },
  'a form feed at the end of each page': {
    file: `${H}Ann,ann@example.org,\n\fBob,bob@example.org,\n`,
    rows: 2,
    created: 2,
    has: { first_name: 'Bob' },
  },
}
