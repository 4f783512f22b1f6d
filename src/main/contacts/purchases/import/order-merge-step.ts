import type { OrderCounts } from './order-import-store.ts'

/** Some orders of an import, in the order of their numbers. */
export interface MergeStep {
  readonly importNo: number
  readonly changeNo: number
  /** The table with the rows, in the order of their orders, such as `staged_orders_7.rows`. */
  readonly rows: string
  /** The rows after this one, and about how many; all rows of an order come together. */
  readonly after: number
  readonly mostRows: number
  /** The last row of the table. */
  readonly lastRow: number
  readonly source: string
  /** What ids in the shop are called among the external ids of contacts. */
  readonly customerSource: string
  readonly makesCustomers: boolean
  /** The file has columns of items; otherwise the items of known orders stay. */
  readonly hasItems: boolean
  readonly contactSource: string
  readonly now: number
  /** 28 characters that no other step has, and a number: ids are the two and count up (UUID version 7). */
  readonly orderIds: IdRange
  readonly contactIds: IdRange
}

/** Where the ids of a step begin. */
export interface IdRange {
  readonly prefix: string
  readonly start: number
}

/** What a step did, and up to which row it came. */
export interface MergeResult extends OrderCounts {
  readonly lastRow: number
}
