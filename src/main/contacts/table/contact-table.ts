import type { ContactFilter } from '../../../shared/contract/contact-filter.ts'
import type { ContactRow, ContactSort } from '../../../shared/contract/contacts.ts'
import { ContactId, MemberId } from '../../../shared/contract/define.ts'
import { decayed, engagementScore } from '../../../shared/domain/engagement-score.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Condition } from './column-store.ts'
import { conditionBesideSearch, contactCondition, EVERYBODY, isEverybody } from './contact-condition-store.ts'
import { creationStretches, relevanceStretches, type Stretch, searchStretch, stretchesOf } from './order-store.ts'
import { createSearchIndex, isDamaged } from './search-index.ts'
import { type SearchTerm, searchTerms } from './search-terms.ts'
import { createSortIndexes } from './sort-indexes.ts'
import { createTableCache } from './table-cache.ts'
import { createTablePlaces, type TablePlaces } from './table-places.ts'
import { type TableRow, tableStore } from './table-store.ts'

/** A page of the contact table that is asked for. */
export interface PageWanted {
  readonly filter: ContactFilter
  readonly sort: ContactSort
  readonly offset: number
  readonly limit: number
}

/** The contact table of any length. */
export interface ContactTable {
  page(wanted: PageWanted): Promise<TablePage>
  /** How many contacts a filter finds. */
  total(filter: ContactFilter): Promise<number>
  facets(): Promise<Facets>
}

/** A page. `unsearched` is about how many contacts were not looked at because the search index is behind; 0 mostly. */
interface TablePage {
  readonly rows: ContactRow[]
  readonly total: number
  readonly unsearched: number
}

interface Facets {
  readonly total: number
  readonly lists: readonly { readonly id: string; readonly name: string; readonly count: number }[]
  readonly tags: readonly { readonly id: string; readonly name: string; readonly count: number }[]
}

/** What a filter in an order finds: all numbers where they are few, else places in the order. */
interface Found {
  readonly total: number
  readonly unsearched: number
  readonly numbers: readonly number[] | null
  readonly places: TablePlaces
  isRemembered: boolean
}

// Fewer are gathered and sorted once, and kept; more are walked through in the order of an index.
const MOST_GATHERED = 20_000
// Hits of a search are looked at to rank them while they are so few; more are ranked by the index alone.
const MOST_RANKED = 300
const HOUR_MS = 3_600_000
const BY_CURRENCY: ReadonlySet<string> = new Set(['orders', 'spend', 'lastOrderAt'])

/** Makes the table with what it keeps in the background: the index of the search, and indexes for sorting. */
export function createContactTable(parts: DomainParts): ContactTable {
  const { kernel, storage } = parts
  const { reader } = storage
  const searchIndex = createSearchIndex(parts)
  const sortIndexes = createSortIndexes(parts)
  const founds = createTableCache<Found>(kernel)
  const totals = createTableCache<number>(kernel)
  const facets = createTableCache<Facets>(kernel)
  const currencies = createTableCache<string | null>(kernel)

  async function kept<V>(
    cache: ReturnType<typeof createTableCache<V>>,
    key: string,
    version: number,
    find: () => Promise<V>,
  ): Promise<V> {
    const known = cache.get(key, version)
    if (known !== undefined) return known
    const value = await find()
    cache.set(key, version, value)
    return value
  }

  /** Scores fade with time, so what was found by one holds for an hour at most. */
  const keyOf = (...what: readonly unknown[]): string =>
    JSON.stringify([...what, Math.floor(kernel.clock.now() / HOUR_MS)])

  async function totalOf(filter: ContactFilter, version: number): Promise<number> {
    return kept(totals, keyOf(filter), version, () =>
      tableStore.count(reader, isEverybody(filter) ? null : contactCondition(filter, kernel.clock.now())),
    )
  }

  async function find({ filter, sort }: PageWanted, version: number, isIndexReady: boolean): Promise<Found> {
    const now = kernel.clock.now()
    const terms = searchTerms(filter.search)
    if (!isIndexReady) return findSoFar({ filter, sort }, terms, version)
    if (terms.length > 0 && sort.field === 'relevance') return findByRelevance(filter, terms, version)
    const condition = isEverybody(filter) ? null : contactCondition(filter, now)
    return inOrder(sort, condition, await totalOf(filter, version), version)
  }

  async function inOrder(
    sort: ContactSort,
    condition: Condition | null,
    total: number,
    version: number,
  ): Promise<Found> {
    const order = sort.field === 'relevance' ? ({ field: 'name', direction: 'ascending' } as const) : sort
    const currency = BY_CURRENCY.has(order.field)
      ? await kept(currencies, keyOf(), version, () => tableStore.mainCurrency(reader))
      : null
    const owners = order.field === 'ownerId' ? await tableStore.owners(reader) : []
    const stretches = stretchesOf(order, await tableStore.indexes(reader), currency, owners)
    const isIndexed = stretches.every(stretch => stretch.isIndexed)
    if (total <= MOST_GATHERED && (condition !== null || !isIndexed)) {
      return gathered(total, stretchesOf(order, new Set(), currency, owners), condition)
    }
    if (isIndexed) sortIndexes.used(order.field)
    else await sortIndexes.want(order.field)
    return { total, unsearched: 0, numbers: null, places: createTablePlaces(stretches, condition), isRemembered: false }
  }

  /**
   * What a search finds quickly while the index is behind, as after a large import. Many hits come in the order of creation:
   * any other would take another search for each page.
   */
  async function findSoFar(
    { filter, sort }: Pick<PageWanted, 'filter' | 'sort'>,
    terms: readonly SearchTerm[],
    version: number,
  ): Promise<Found> {
    const condition = contactCondition(filter, kernel.clock.now(), 'so_far')
    const unsearched = await searchIndex.unsearched()
    const total = await tableStore.count(reader, condition)
    // Walking through it to remember places would search again for every step.
    const isRemembered = true
    if (sort.field !== 'relevance') {
      return { ...(await inOrder(sort, condition, total, version)), unsearched, isRemembered }
    }
    const numbers = total <= MOST_GATHERED ? await tableStore.nearest(reader, terms, condition) : null
    const places = createTablePlaces(creationStretches('ascending'), condition)
    return { total: numbers?.length ?? total, unsearched, numbers, places, isRemembered }
  }

  async function findByRelevance(filter: ContactFilter, terms: readonly SearchTerm[], version: number): Promise<Found> {
    const beside = conditionBesideSearch(filter, kernel.clock.now())
    const total = await kept(totals, keyOf(filter), version, () =>
      tableStore.countOf(reader, searchStretch(terms), beside),
    )
    const places = createTablePlaces(relevanceStretches(terms), beside)
    const numbers = total === 0 ? [] : total <= MOST_RANKED ? await tableStore.ranked(reader, terms, beside) : null
    return { total, unsearched: 0, numbers, places, isRemembered: numbers !== null }
  }

  async function gathered(total: number, stretches: readonly Stretch[], condition: Condition | null): Promise<Found> {
    const numbers: number[] = []
    for (const stretch of stretches) numbers.push(...(await tableStore.numbers(reader, stretch, condition)))
    return { total, unsearched: 0, numbers, places: createTablePlaces(stretches, condition), isRemembered: true }
  }

  async function pageOf(wanted: PageWanted): Promise<TablePage> {
    const key = keyOf(wanted.filter, wanted.sort)
    let version = await tableStore.version(reader)
    let found = founds.get(key, version)
    if (!found) {
      const isSearch = wanted.filter.search.trim() !== ''
      const isIndexReady = !isSearch || (await searchIndex.isReady())
      // What was taken into the index just now is a new version of the file.
      if (isSearch) version = await tableStore.version(reader)
      found = await find(wanted, version, isIndexReady)
      founds.set(key, version, found)
    }
    const { offset, limit } = wanted
    if (!found.isRemembered && offset > 0) {
      found.isRemembered = true
      const known = found
      const goesOn = (): boolean => founds.get(key, version) === known
      kernel.background('contacts.table.places', found.places.remember(reader, goesOn))
    }
    const numbers = found.numbers?.slice(offset, offset + limit) ?? (await found.places.numbers(reader, offset, limit))
    const now = kernel.clock.now()
    const rows = numbers.length === 0 ? [] : (await tableStore.rows(reader, numbers)).map(row => shown(row, now))
    return { rows, total: found.total, unsearched: found.unsearched }
  }

  return {
    async page(wanted) {
      try {
        return await pageOf(wanted)
      } catch (error) {
        // An import takes indexes away, and so does time: the places in their order are of no use any more.
        if (isIndexGone(error)) {
          founds.clear()
          return pageOf(wanted)
        }
        if (wanted.filter.search.trim() === '' || !isDamaged(error)) throw error
        // The index of the search is made of the contacts, so it can be made again; until then each contact is looked at.
        await searchIndex.rebuild()
        return pageOf(wanted)
      }
    },
    async total(filter) {
      return totalOf(filter, await tableStore.version(reader))
    },
    async facets() {
      const version = await tableStore.version(reader)
      return kept(facets, '', version, async () => ({
        total: await totalOf(EVERYBODY, version),
        lists: await tableStore.lists(reader),
        tags: await tableStore.tags(reader),
      }))
    },
  }
}

function isIndexGone(error: unknown): boolean {
  return error instanceof Error && error.message.includes('no such index')
}

function shown({ raw, rawAt, ...row }: TableRow, now: number): ContactRow {
  const score = raw === null || rawAt === null ? 0 : engagementScore(decayed(raw, rawAt, now))
  return {
    ...row,
    id: ContactId.parse(row.id),
    ownerId: row.ownerId === null ? null : MemberId.parse(row.ownerId),
    tags: [...row.tags],
    spend: [...row.spend],
    engagement: Math.round(score),
  }
}
