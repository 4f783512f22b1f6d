import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { EVERYBODY } from '../../src/main/contacts/table/contact-condition-store.ts'
import { type ContactTable, createContactTable } from '../../src/main/contacts/table/contact-table.ts'
import { createSortIndex, sortIndexOf } from '../../src/main/contacts/table/order-store.ts'
import { searchIndexStore } from '../../src/main/contacts/table/search-index-store.ts'
import type { DomainParts } from '../../src/main/domain-parts.ts'
import { systemClock } from '../../src/main/kernel/clock.ts'
import { createEventBus } from '../../src/main/kernel/event-bus.ts'
import { createIds } from '../../src/main/kernel/ids.ts'
import type { Kernel } from '../../src/main/kernel/kernel.ts'
import { silentLog } from '../../src/main/kernel/log.ts'
import { seededRandom } from '../../src/main/kernel/random.ts'
import { createJobs } from '../../src/main/scheduling/jobs.ts'
import { createScheduler } from '../../src/main/scheduling/scheduler.ts'
import { openStorage } from '../../src/main/storage/database.ts'
import { createFiles } from '../../src/main/storage/files.ts'
import type { Reader } from '../../src/main/storage/transaction.ts'
import { transaction } from '../../src/main/storage/transaction.ts'
import { type ContactSort, ContactSortField } from '../../src/shared/contract/contacts.ts'
import type { BenchResult } from './bench-result.ts'

const BENCH_FOLDER = '/tmp/tidings-bench'
const ROWS = 200
// The fastest of so many runs on either side: the machine has other things to do, and only ever makes a run slower.
const RUNS = 25
// Below this the event loop and the thread pool are measured, not the table.
const LEAST_FLOOR_MS = 1
const FILL = `
  with recursive n (i) as (select 1 union all select i + 1 from n where i < ?),
    first (k, name) as (values (0,'Anna'),(1,'Élodie'),(2,'Mohammed'),(3,'Giovanni'),(4,'Katarzyna'),(5,'Wilhelmina'),
      (6,'John'),(7,'Mary'),(8,'Zoë'),(9,'Björn'),(10,'Ingrid'),(11,'Pedro'),(12,'Hans-Jürgen')),
    town (k, name) as (values (0,'Berlin'),(1,'Zürich'),(2,'Paris'),(3,'Villingen-Schwenningen'),(4,'Los Angeles'),
      (5,'São Paulo'),(6,'Warszawa'))
  insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, phone, street, city, region,
    postal_code, country, latitude, longitude, time_zone, language, birthday, source, lead_status, lead_quality,
    lead_score, socials, custom, created_at, updated_at, last_activity_at)
  select printf('01900000-0000-7000-8000-%012d', i), 1, first.name,
    case when i % 50 = 0 then '' else printf('Family%06d', (i * 7919) % 200003) end,
    case when i % 3 then '' else printf('Firm %d GmbH', i % 5000) end,
    printf('person%d@example%d.org', i, i % 50), printf('person%d@example%d.org', i, i % 50), 0,
    case when i % 4 then printf('+1202%07d', i) end, printf('Street %d', i % 900),
    case when i % 20 then town.name else '' end, printf('R%02d', i % 16), printf('%05d', i % 90000),
    case i % 3 when 0 then 'DE' when 1 then 'FR' else 'US' end, null, null,
    case when i % 2 then 'Europe/Berlin' end, case when i % 6 then 'de' end,
    case when i % 2 then date('1950-01-01', ((i * 7919) % 20000) || ' days') end,
    printf('import %d', i % 30), case when i % 2 then 'new' else '' end, case when i % 4 then 'warm' else '' end,
    (i * 31) % 101, '{}', json_object('size', (i * 17) % 60), 1700000000000 + i * 60, 1700000000000 + (i * 7907) % 1000003,
    case when i % 3 then 1700000000000 + (i * 7901) % 1000003 end
  from n cross join first on first.k = i % 13 cross join town on town.k = i % 7`
const MORE = [
  "insert into tags (id, name, name_key) values ('t1','VIP','vip'),('t2','Regular','regular')",
  'insert into contact_tags (tag_no, contact_no) select 1 + no % 2, no from contacts where no % 5 = 0',
  `insert into order_totals (contact_no, currency, orders, value_minor, first_at, last_at)
    select no, 'EUR', 1 + no % 9, (no * 7919) % 1000003, 1700000000000, 1700000000000 + no from contacts where no % 3 = 0`,
  `insert into engagement (contact_no, raw, raw_at, heat, last_at)
    select no, 1 + no % 40, 1700000000000, log2(1 + no % 40) + 655.8, 1700000000000 from contacts where no % 2 = 0`,
]

const SHOWN = `c.id, c.first_name, c.last_name, c.company, c.email, c.phone, c.street, c.city, c.region, c.postal_code, c.country,
  c.time_zone, c.language, c.birthday, c.source, c.lead_status, c.lead_quality, c.lead_score, c.custom, c.created_at,
  c.updated_at, c.last_activity_at, (select raw from engagement e where e.contact_no = c.no) as raw,
  (select group_concat(t.name, ', ') from contact_tags ct join tags t on t.no = ct.tag_no where ct.contact_no = c.no) as tags,
  (select group_concat(o.currency || o.value_minor) from order_totals o where o.contact_no = c.no) as spend`

// What somebody who knows the schema writes by hand: numbers first, then the rows of the page.
const pageOf = (inner: string): string =>
  `with page (no, place) as materialized (select no, row_number() over () from (${inner}))
   select ${SHOWN} from page cross join contacts c on c.no = page.no order by page.place`
/** A text column in its order, those with a value first: the rows of the first page. */
const byText = (column: string): string =>
  `select no from contacts where ${column} collate nocase > '' order by ${column} collate nocase, no`
/** Every column that can be sorted by. */
const ORDERS: Readonly<Record<string, string>> = {
  name: 'select no from contacts order by last_name collate nocase, first_name collate nocase, no',
  firstName: byText('first_name'),
  lastName: byText('last_name'),
  company: byText('company'),
  email: 'select no from contacts where email_key is not null order by email_key',
  phone: 'select no from contacts where phone is not null order by phone, no',
  street: byText('street'),
  city: byText('city'),
  region: byText('region'),
  postalCode: byText('postal_code'),
  country: byText('country'),
  timeZone: byText('time_zone'),
  language: byText('language'),
  birthday: "select no from contacts where birthday > '' order by birthday, no",
  source: byText('source'),
  leadStatus: byText('lead_status'),
  leadQuality: byText('lead_quality'),
  leadScore: 'select no from contacts order by lead_score, no',
  engagement: 'select contact_no as no from engagement where heat > -1e308 order by heat, contact_no',
  spend: "select contact_no as no from order_totals where currency = 'EUR' order by value_minor, contact_no",
  orders: "select contact_no as no from order_totals where currency = 'EUR' order by orders, contact_no",
  lastOrderAt: "select contact_no as no from order_totals where currency = 'EUR' order by last_at, contact_no",
  lastActivityAt: 'select no from contacts where last_activity_at > -1e308 order by last_activity_at, no',
  createdAt: 'select no from contacts order by created_at, no',
  updatedAt: 'select no from contacts order by updated_at, no',
  'custom:size': "select no from contacts order by json_extract(custom, '$.size') collate nocase, no",
}
const SORTED_BY = Object.keys(ORDERS)
const SEARCHES: Readonly<Record<string, readonly [typed: string, match: string]>> = {
  'a name': ['Wilhelmina', '"wilhelmina"'],
  'a family': ['family012345', '"family012345"'],
  'part of an e-mail': ['son777', '"son777"'],
  'part of a phone': ['2024321', '"2024321"'],
  'two words': ['elodie zurich', '"elodie" AND "zurich"'],
  nobody: ['qqqzzz', '"qqqzzz"'],
  'very common': ['example', '"example"'],
  'two letters': ['wi', '" wi"'],
}

/**
 * Asks the contact table of `size` people what a person asks of it, against the SQL that somebody would write by hand for
 * the same question on the same connection. `ratio` is the worst of them all.
 */
export async function benchContacts(size = 100_000): Promise<BenchResult> {
  await mkdir(BENCH_FOLDER, { recursive: true })
  const folder = await mkdtemp(join(BENCH_FOLDER, 'contacts-'))
  const opened = await openParts(folder)
  const { parts } = opened
  try {
    const { reader, db } = parts.storage
    const filled = await timed(async () => {
      for (const statement of [FILL, ...MORE]) {
        await db.executeQuery(CompiledQuery.raw(statement, statement === FILL ? [size] : []))
      }
    })
    const indexed = await timed(() => buildSearch(parts))
    const held: number[] = []
    for (const field of SORTED_BY) {
      const index = sortIndexOf(field)
      if (!index?.columns) continue
      held.push(
        await timed(() =>
          transaction(db, tx => createSortIndex(index).execute(tx), { name: 'bench', priority: 'bulk' }),
        ),
      )
    }
    // For so long a message would wait that became due at the worst moment.
    const longest = Math.max(...held)
    const all = held.reduce((sum, one) => sum + one, 0)
    tell(
      `filled in ${filled.toFixed(0)} ms, search index in ${indexed.toFixed(0)} ms, ${held.length} sort indexes in ${all.toFixed(0)} ms, each at most ${longest.toFixed(0)} ms`,
    )
    const lines = await measureAll(parts, reader, size)
    const worst = lines.reduce((one, other) => (other.ratio > one.ratio ? other : one))
    for (const line of lines) {
      tell(
        `${line.name.padEnd(28)} ${line.ms.toFixed(1).padStart(8)} ms  bare ${line.floorMs.toFixed(1).padStart(8)} ms  ratio ${line.ratio.toFixed(2)}`,
      )
    }
    return {
      name: 'contacts',
      size,
      ratio: worst.ratio,
      floorMs: worst.floorMs,
      ms: worst.ms,
      worst: worst.name,
      questions: lines.length,
      searchIndexMs: Math.round(indexed),
      longestSortIndexMs: Math.round(longest),
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    }
  } finally {
    await parts.storage.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Line {
  readonly name: string
  readonly ms: number
  readonly floorMs: number
  readonly ratio: number
}

async function measureAll(parts: DomainParts, reader: Reader, size: number): Promise<readonly Line[]> {
  const lines: Line[] = []
  const bare = (statement: string, parameters: readonly unknown[] = []) =>
    reader.executeQuery(CompiledQuery.raw(statement, [...parameters]))
  const byName = { field: 'name', direction: 'ascending' } as const
  const compare = async (
    name: string,
    ours: (table: ContactTable) => Promise<unknown>,
    floor: () => Promise<unknown>,
    table?: ContactTable,
  ) => {
    const own: number[] = []
    const floors: number[] = []
    for (let run = 0; run < RUNS; run++) {
      // A table that knows nothing yet, unless the question is about one that is open already.
      const asked = table ?? createContactTable(parts)
      own.push(await timed(() => ours(asked)))
      floors.push(await timed(floor))
    }
    const [ms, floorMs] = [Math.min(...own), Math.min(...floors)]
    lines.push({ name, ms, floorMs, ratio: ms / Math.max(floorMs, LEAST_FLOOR_MS) })
  }

  await compare(
    'first page',
    table => table.page({ filter: EVERYBODY, sort: byName, offset: 0, limit: ROWS }),
    async () => {
      await bare('select count(*) from contacts')
      await bare(pageOf(`${ORDERS['name']} limit ${ROWS}`))
    },
  )
  const open = createContactTable(parts)
  await open.page({ filter: EVERYBODY, sort: byName, offset: 1, limit: ROWS })
  // The places are remembered in the background while a person looks at the first page.
  await new Promise(resolve => setTimeout(resolve, 1000))
  let deep = Math.floor(size * 0.9)
  const deepOffset = (): number => {
    deep += 37
    return deep
  }
  await compare(
    'deep scroll (row 90 %)',
    table => table.page({ filter: EVERYBODY, sort: byName, offset: deepOffset(), limit: ROWS }),
    () => bare(pageOf(`${ORDERS['name']} limit ${ROWS} offset ${deep}`)),
    open,
  )
  for (const field of SORTED_BY) {
    const sort: ContactSort = { field: ContactSortField.parse(field), direction: 'ascending' }
    const shared = createContactTable(parts)
    await shared.total(EVERYBODY)
    await compare(
      `sort by ${field}`,
      table => table.page({ filter: EVERYBODY, sort, offset: 0, limit: ROWS }),
      async () => {
        await bare('select count(*) from contacts')
        await bare(pageOf(`${ORDERS[field]} limit ${ROWS}`))
      },
    )
  }
  for (const [name, [typed, match]] of Object.entries(SEARCHES)) {
    const filter = { ...EVERYBODY, search: typed }
    await compare(
      `search: ${name}`,
      table => table.page({ filter, sort: { field: 'relevance', direction: 'ascending' }, offset: 0, limit: ROWS }),
      async () => {
        await bare('select count(*) from contacts_search where contacts_search match ?', [match])
        await bare(
          pageOf(`select rowid as no from contacts_search where contacts_search match ? order by rowid limit ${ROWS}`),
          [match],
        )
      },
    )
  }
  return lines
}

async function buildSearch(parts: DomainParts): Promise<void> {
  const step = { changed: 1000, fresh: 1000 }
  let taken = step
  do taken = await transaction(parts.storage.db, tx => searchIndexStore.catchUp(tx, step), { name: 'bench' })
  while (taken.changed + taken.fresh > 0)
}

async function openParts(folder: string): Promise<{ readonly parts: DomainParts }> {
  const clock = systemClock()
  const random = seededRandom(1)
  const kernel: Kernel = {
    clock,
    random,
    log: silentLog,
    ids: createIds(clock, random),
    events: createEventBus(error => tell(String(error))),
    background: (_name, work) => void work.catch(error => tell(String(error))),
  }
  const storage = await openStorage(folder, clock)
  const scheduler = createScheduler(kernel, storage.reader)
  const jobs = createJobs(kernel, storage, scheduler, 'bench')
  return { parts: { kernel, storage, scheduler, jobs, files: createFiles(folder, random), runId: 'bench' } }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await run()
  return performance.now() - begun
}

function tell(text: string): void {
  process.stdout.write(`${text}\n`)
}
