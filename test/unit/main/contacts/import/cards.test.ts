import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { suggestColumns } from '../../../../../src/main/contacts/import/mapping/columns.ts'
import { tableOf } from '../../../../support/table-file.ts'

const card = (...lines: readonly string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')

/** The rows of a file as objects, without empty cells. */
async function cardsOf(bytes: string | Uint8Array): Promise<Record<string, string>[]> {
  const { header, all } = await tableOf(bytes)
  return all.map(({ cells }) =>
    Object.fromEntries((header ?? []).map((name, column) => [name, cells[column] ?? '']).filter(([, cell]) => cell)),
  )
}

describe('a card of', () => {
  test('version 4.0 with parameters, groups, folds and escapes', async () => {
    const text = card(
      'VERSION:4.0',
      'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      'FN;PID=1.1:J. Doe',
      'N:Doe;J.;Ann,Lee;Dr.;Jr.',
      'item1.EMAIL;PID=4.1;PREF=2;TYPE="work,internet":jdoe@example.com',
      'item2.EMAIL;PREF=1:j@example.org',
      'TEL;VALUE=uri;TYPE="voice,home":tel:+1-202-555-0123;ext=5',
      'TEL;VALUE=uri;TYPE=cell:tel:+12025550124',
      'ORG:Example\\, Inc.;North;Sales',
      'ADR;LABEL="1 A; B";TYPE=work:;Suite 5;1 Main St\\nRear;Springfield;IL;62701;USA',
      'BDAY:19850412',
      'CATEGORIES:friends,choir\\, alto',
      'NOTE:One\\nTwo\\; three',
      ' \\, folded',
      'GEO:geo:48.2010,16.3695',
      'TZ:Europe/Vienna',
      'KIND:individual',
    )
    expect(await cardsOf(text)).toEqual([
      {
        'First name': 'J.',
        'Last name': 'Doe',
        'Full name': 'J. Doe',
        Company: 'Example, Inc.',
        Email: 'j@example.org',
        'Email 2': 'jdoe@example.com',
        Phone: '+12025550124',
        'Phone (home)': '+1-202-555-0123 ext. 5',
        Street: '1 Main St, Rear, Suite 5',
        City: 'Springfield',
        Region: 'IL',
        'Postal code': '62701',
        Country: 'USA',
        Birthday: '1985-04-12',
        Categories: 'friends, choir  alto',
        Note: 'One\nTwo; three, folded',
        UID: 'urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
        'Middle name': 'Ann Lee',
        'Name prefix': 'Dr.',
        'Name suffix': 'Jr.',
        Department: 'North, Sales',
        'Time zone': 'Europe/Vienna',
        Latitude: '48.2010',
        Longitude: '16.3695',
      },
    ])
  })

  test('version 3.0 as a telephone writes it, with labels and a picture', async () => {
    const text = card(
      'VERSION:3.0',
      'N:Müller;Jürgen;;;',
      'FN:Jürgen Müller',
      'item1.TEL:+49 30 1234567',
      'item1.X-ABLabel:_$!<Work>!$_',
      'TEL;type=CELL;type=VOICE;type=pref:+49 151 23456789',
      'TEL;type=HOME;type=FAX:+49 30 7654321',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ',
      ` ${'A'.repeat(70)}`,
      ' AAAA',
      'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12',
    )
    expect(await cardsOf(text)).toEqual([
      {
        'First name': 'Jürgen',
        'Last name': 'Müller',
        'Full name': 'Jürgen Müller',
        Phone: '+49 151 23456789',
        'Phone (work)': '+49 30 1234567',
        Fax: '+49 30 7654321',
        Birthday: '--04-12',
      },
    ])
  })

  test('version 2.1 with quoted printable, soft breaks, charsets and bare types', async () => {
    const text = card(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=B3pez;Jos=C3=A9',
      'FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Jos=E9 L=F3pez',
      'NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:First line=0D=0A=',
      'second line =',
      'goes on',
      'TEL;CELL;PREF:+34 600 123 456',
      'EMAIL;INTERNET:jose@example.org',
      'ADR;HOME:;;Calle Mayor 1;Madrid;;28013;Spain',
      'ORG:Casa;',
      ' Editorial',
    )
    expect(await cardsOf(text)).toEqual([
      {
        'First name': 'José',
        'Last name': 'López',
        'Full name': 'José López',
        Company: 'Casa',
        Department: 'Editorial',
        Email: 'jose@example.org',
        Phone: '+34 600 123 456',
        Street: 'Calle Mayor 1',
        City: 'Madrid',
        'Postal code': '28013',
        Country: 'Spain',
        Note: 'First line\r\nsecond line goes on',
      },
    ])
  })
})

test('the columns of cards are known by their names', async () => {
  const people = Array.from({ length: 5 }, (_, i) =>
    card(
      `UID:urn:uuid:${i}`,
      `N:Lee;Ann${i}`,
      `EMAIL:a${i}@x.org`,
      `TEL;CELL:+1202555012${i}`,
      'ADR:;;1 Main;Rome;;001;IT',
    ),
  )
  const { header, rows } = await tableOf(people.join(''))
  expect(suggestColumns(header ?? [], rows).map(({ suggestion }) => suggestion)).toEqual([
    ...['firstName', 'lastName', 'email', 'phone', 'street', 'city', 'postalCode', 'country', 'external:UID'],
  ])
})

describe('a file of cards', () => {
  const one = (name: string): string => card('VERSION:3.0', `FN:${name}`, `EMAIL:${name}@x.org`)

  test('becomes a row a card, with the line on which it begins', async () => {
    const { all, reading, why, header } = await tableOf(one('ann') + one('bob'))
    expect(reading.format).toBe('vcard')
    expect(why).toMatch(/each card becomes a row/)
    expect(header).toEqual(['Full name', 'Email'])
    expect(all).toEqual([
      { line: 1, cells: ['ann', 'ann@x.org'], fault: null },
      { line: 6, cells: ['bob', 'bob@x.org'], fault: null },
    ])
  })

  test.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])('is read in %s', async encoding => {
    const text = one('jürgen') + one('größe') + one('renée')
    const bytes = iconv.encode(text, encoding, { addBOM: encoding !== 'windows-1252' })
    expect((await cardsOf(bytes)).map(found => found['Full name'])).toEqual(['jürgen', 'größe', 'renée'])
  })

  test('with a fold that cuts a character in two', async () => {
    const [first = 0, second = 0] = Buffer.from('é')
    const bytes = Buffer.concat([
      Buffer.from('BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ren'),
      Buffer.from([first, 13, 10, 32, second]),
      Buffer.from('\r\nEMAIL:r@x.org\r\nEND:VCARD\r\n'),
    ])
    expect((await cardsOf(bytes))[0]?.['Full name']).toBe('René')
  })

  test('keeps the cards around one that never ends, one inside another and noise between', async () => {
    const text = `BEGIN:VCARD\nVERSION:2.1\nFN:ann\nEMAIL:ann@x.org\n${one('bob')}noise\n\n${card(
      'VERSION:2.1',
      'FN:cid',
      'AGENT:',
      'BEGIN:VCARD',
      'FN:nobody',
      'END:VCARD',
      'EMAIL:cid@x.org',
    )}BEGIN:VCARD\nFN:dee\nEMAIL:dee@x.org`
    expect((await cardsOf(text)).map(found => found['Email'])).toEqual([
      'ann@x.org',
      'bob@x.org',
      'cid@x.org',
      'dee@x.org',
    ])
  })

  test('rejects the one card with a property of more than a megabyte', async () => {
    const { all } = await tableOf(
      one('ann') + card('VERSION:3.0', 'FN:bob', `NOTE:${'x'.repeat(1_100_000)}`) + one('cid'),
    )
    expect(all.map(row => row.fault)).toEqual([null, 'too_long', null])
  })

  test('does not mind pictures of any size', async () => {
    const { all } = await tableOf(
      card('VERSION:3.0', 'FN:bob', `PHOTO;ENCODING=b:${'x'.repeat(2_500_000)}`) + one('cid'),
    )
    expect(all.map(row => [row.cells[0], row.fault])).toEqual([
      ['bob', null],
      ['cid', null],
    ])
  })

  test('without anything in it is refused', async () => {
    await expect(tableOf('BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n')).rejects.toThrow(/no rows/)
  })
})
