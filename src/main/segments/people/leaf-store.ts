import { sql } from 'kysely'
import type { Leaf } from '../rule/ask.ts'
import { boxesAround, haversineOf } from '../rule/distance.ts'
import { indexName, indexNeed } from '../rule/index-need.ts'
import { eventsForm } from './event-leaf-store.ts'
import { type Ground, inRange, type LeafForm, type NumberSet, plainSet } from './form-store.ts'
import { orderDateForm, ordersForm } from './order-leaf-store.ts'
import { dayOfField, element, flag, hasText, numberOf, type Sql, textTest } from './text-store.ts'

/** Comparisons with instants or days; `to` is left out for instants and included for days. */
function within(value: Sql, from: string | number | null, to: string | number | null): Sql {
  const parts: Sql[] = []
  if (from !== null) parts.push(sql`${value} >= ${from}`)
  if (to !== null) parts.push(typeof to === 'number' ? sql`${value} < ${to}` : sql`${value} <= ${to}`)
  return parts.length === 0 ? sql`${value} is not null` : sql`(${sql.join(parts, sql` and `)})`
}

function ofColumn(column: Sql, isIndexed: boolean): LeafForm {
  const select = sql`select c.no as no from contacts c where ${column}`
  const set = isIndexed ? plainSet(select, { mayBeGone: false }) : null
  return { column, set, probe: null, probeCost: 0.4 }
}

function ofRows(set: Pick<NumberSet, 'select' | 'isDistinct' | 'mayBeGone'>, probe: (no: Sql) => Sql): LeafForm {
  return { column: null, set: plainSet(set.select, set), probe, probeCost: 0.8 }
}

/** How a question can be answered. */
export function formOf(leaf: Leaf, ground: Ground): LeafForm {
  const need = indexNeed(leaf)
  const isIndexed = need !== null && ground.indexes.has(indexName(need))
  switch (leaf.kind) {
    case 'text':
      return ofColumn(textTest(leaf.of, leaf.test, leaf.values), isIndexed || isAddress(leaf))
    case 'has_text':
      return ofColumn(hasText(leaf.of), false)
    case 'number': {
      const { value, isNumber } = numberOf(leaf.of)
      return ofColumn(sql`(${inRange(value, leaf.range)} and ${isNumber})`, isIndexed)
    }
    case 'has_number':
      return ofColumn(numberOf(leaf.of).isNumber, false)
    case 'instant':
      return ofColumn(
        within(sql.ref(`c.${leaf.column}`), leaf.from, leaf.to),
        isIndexed || (leaf.column === 'created_at' && (leaf.from !== null || leaf.to !== null)),
      )
    case 'day': {
      const { day, isDay } = dayOfField(leaf.of)
      const test = within(day, leaf.from, leaf.to)
      return ofColumn(isDay === null ? test : sql`(${test} and ${isDay})`, isIndexed)
    }
    case 'month_day': {
      const { monthDay, isDay } = dayOfField(leaf.of)
      const test = sql`${monthDay} in (${sql.join(leaf.monthDays)})`
      return ofColumn(isDay === null ? test : sql`(${test} and ${isDay})`, isIndexed)
    }
    case 'flag':
      return ofColumn(flag(leaf.key, leaf.value), isIndexed)
    case 'has_flag':
      return ofColumn(flag(leaf.key, null), false)
    case 'element':
      return ofColumn(element(leaf.key, leaf.values), false)
    case 'tagged': {
      const nos = sql.join(leaf.nos)
      return ofRows(
        {
          select: sql`select contact_no as no from contact_tags where tag_no in (${nos})`,
          isDistinct: leaf.nos.length === 1,
          mayBeGone: false,
        },
        no => sql`exists (select 1 from contact_tags x where x.contact_no = ${no} and x.tag_no in (${nos}))`,
      )
    }
    case 'listed': {
      const nos = sql.join(leaf.nos)
      const status = sql`status in (${sql.join(leaf.statuses)})`
      return ofRows(
        {
          select: sql`select contact_no as no from list_members where list_no in (${nos}) and ${status}`,
          isDistinct: leaf.nos.length === 1,
          mayBeGone: false,
        },
        no =>
          sql`exists (select 1 from list_members x where x.list_no in (${nos}) and x.contact_no = ${no} and ${status})`,
      )
    }
    case 'held': {
      const nos = sql.join(leaf.nos)
      return ofRows(
        {
          select: sql`select contact_no as no from segment_members where segment_no in (${nos})`,
          isDistinct: leaf.nos.length === 1,
          mayBeGone: true,
        },
        no => sql`exists (select 1 from segment_members x where x.segment_no in (${nos}) and x.contact_no = ${no})`,
      )
    }
    case 'near':
      return nearForm(leaf)
    case 'orders':
      return ordersForm(leaf, ground)
    case 'order_date':
      return orderDateForm(leaf, ground)
    case 'events':
      return eventsForm(leaf)
    case 'heat':
      return ofRows(
        {
          select: sql`select contact_no as no from engagement where heat is not null and ${inRange(sql`heat`, leaf.range)}`,
          isDistinct: true,
          mayBeGone: true,
        },
        no =>
          sql`exists (select 1 from engagement x where x.contact_no = ${no} and x.heat is not null and ${inRange(sql`x.heat`, leaf.range)})`,
      )
    case 'consent':
      return consentForm(leaf)
    case 'suppressed': {
      const key = sql.ref(leaf.channel === 'email' ? 'c.email_key' : 'c.phone')
      const select = sql`select c.no as no from contacts c
        where ${key} in (select address_key from suppressions where channel = ${leaf.channel})`
      return {
        column: sql`exists (select 1 from suppressions x where x.channel = ${leaf.channel} and x.address_key = ${key})`,
        set: plainSet(select, {
          mayBeGone: false,
          rows: sql`select 1 from suppressions where channel = ${leaf.channel}`,
          readCost: 2,
        }),
        probe: null,
        probeCost: 1,
      }
    }
    case 'external': {
      const source = leaf.source === '' ? sql`` : sql`and source = ${leaf.source}`
      return ofRows(
        {
          select: sql`select contact_no as no from contact_external_ids where true ${source}`,
          isDistinct: false,
          mayBeGone: false,
        },
        no => sql`exists (select 1 from contact_external_ids x where x.contact_no = ${no} ${source})`,
      )
    }
  }
}

/** Addresses have their index always. */
function isAddress({ of, test }: Extract<Leaf, { kind: 'text' }>): boolean {
  if (test === 'contains' || test === 'ends_with') return false
  return of.kind === 'column' && (of.column === 'email_key' || of.column === 'phone')
}

function consentForm({ channel, status }: Extract<Leaf, { kind: 'consent' }>): LeafForm {
  if (status === 'any') {
    return ofRows(
      {
        select: sql`select contact_no as no from consents where channel = ${channel}`,
        isDistinct: false,
        mayBeGone: false,
      },
      no => sql`exists (select 1 from consents x where x.channel = ${channel} and x.contact_no = ${no})`,
    )
  }
  // SQLite takes status from the row that has the greatest seq (documented for min and max alone).
  return {
    ...ofRows(
      {
        select: sql`select no from (select contact_no as no, status, max(seq) from consents
          where channel = ${channel} group by contact_no) where status = ${status}`,
        isDistinct: true,
        mayBeGone: false,
      },
      no => sql`coalesce((select x.status from consents x where x.channel = ${channel} and x.contact_no = ${no}
        order by x.seq desc limit 1) = ${status}, 0)`,
    ),
    probeCost: 1,
  }
}

function nearForm({ latitude, longitude, metres }: Extract<Leaf, { kind: 'near' }>): LeafForm {
  const isNear = sql`pow(sin(radians(c.latitude - ${latitude}) / 2), 2) + cos(radians(${latitude})) * cos(radians(c.latitude))
    * pow(sin(radians(c.longitude - ${longitude}) / 2), 2) <= ${haversineOf(metres)}`
  const boxes = boxesAround({ latitude, longitude }, metres)
  const inBox = (south: Sql, north: Sql, west: Sql, east: Sql): Sql =>
    sql`(${sql.join(
      boxes.map(
        box =>
          sql`(${south} >= ${box.south} and ${north} <= ${box.north} and ${west} >= ${box.west} and ${east} <= ${box.east})`,
      ),
      sql` or `,
    )})`
  const found = boxes.map(
    box => sql`select no from contact_places where min_latitude >= ${box.south} and max_latitude <= ${box.north}
      and min_longitude >= ${box.west} and max_longitude <= ${box.east}`,
  )
  // An import of very many leaves their places to a job; until that is done, the newest contacts are looked at one by one.
  const fresh = sql`select l.no from contacts l where l.no >= (select deferred_from from contact_places_state)
    and ${inBox(sql`l.latitude`, sql`l.latitude`, sql`l.longitude`, sql`l.longitude`)}
    and not exists (select 1 from contact_places p where p.no = l.no)`
  const rows = sql.join([...found, fresh], sql` union all `)
  return {
    column: sql`(${inBox(sql`c.latitude`, sql`c.latitude`, sql`c.longitude`, sql`c.longitude`)} and ${isNear})`,
    set: plainSet(sql`select c.no as no from (${rows}) as r cross join contacts c on c.no = r.no where ${isNear}`, {
      // The boxes do not overlap, except by the little that they are too large.
      isDistinct: boxes.length === 1,
      mayBeGone: false,
      rows,
      readCost: 2,
    }),
    probe: null,
    probeCost: 0.6,
  }
}
