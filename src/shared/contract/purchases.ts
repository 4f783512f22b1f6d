import { z } from 'zod'
import { ContactId, Count, command, Done, Download, FileToken, Instant, Line, Nothing, Page, query } from './define.ts'
import { FileReading, ReadingCorrections } from './imports.ts'

/** ISO 4217. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)
/** Whole minor units of a currency: cents of USD, yen of JPY, fils of KWD. */
export const Minor = z.number().int().min(-1e13).max(1e13)
export const OrderStatus = z.enum(['paid', 'refunded', 'cancelled'])
export type OrderStatus = z.infer<typeof OrderStatus>

export const OrderItem = z.object({
  sku: Line(200),
  name: Line(500),
  category: Line(200),
  quantity: Count.max(1e9),
  valueMinor: Minor.describe('Of all pieces together'),
})
export type OrderItem = z.infer<typeof OrderItem>

export const Order = z.object({
  id: z.string(),
  source: Line(60).min(1).describe('Where it was bought; with the order number unique'),
  externalId: Line(200).min(1),
  at: Instant,
  currency: Currency,
  valueMinor: Minor.min(0),
  status: OrderStatus,
  items: z.array(OrderItem),
})
export type Order = z.infer<typeof Order>

/** Sums over the paid orders of a contact in one currency. */
export const PurchaseTotals = z.object({
  currency: Currency,
  orders: Count,
  valueMinor: Minor,
  averageMinor: Minor.describe('Rounded half up'),
  firstAt: Instant,
  lastAt: Instant,
})
export type PurchaseTotals = z.infer<typeof PurchaseTotals>

export const RfmGroup = z.enum(['champions', 'loyal', 'new', 'at_risk', 'hibernating', 'big_spenders', 'others'])
export type RfmGroup = z.infer<typeof RfmGroup>

const Fifth = z.number().int().min(1).max(5)
/** Recency, frequency and monetary value over the last 365 days, each 1 to 5 (5 is best), per currency. */
export const Rfm = z.object({
  currency: Currency,
  recencyDays: Count,
  orders: Count,
  valueMinor: Minor,
  recency: Fifth,
  frequency: Fifth,
  monetary: Fifth,
  group: RfmGroup,
})
export type Rfm = z.infer<typeof Rfm>

/** What a column of an orders file can be. */
export const OrderTarget = z.enum([
  'orderId',
  'email',
  'phone',
  'customerId',
  'firstName',
  'lastName',
  'fullName',
  'date',
  'value',
  'currency',
  'status',
  'sku',
  'itemName',
  'category',
  'quantity',
  'itemPrice',
  'itemTotal',
  'ignore',
])
export type OrderTarget = z.infer<typeof OrderTarget>

export const OrderColumnMapping = z.object({ column: Count, name: z.string().max(300), target: OrderTarget })
export type OrderColumnMapping = z.infer<typeof OrderColumnMapping>

const orderOptionFields = {
  source: Line(60).min(1).describe('Where the orders come from, such as the name of the shop'),
  currency: Currency.describe('Of rows that name none'),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).describe('How dates such as 03/04/05 are read'),
  decimal: z.enum(['point', 'comma']).describe('What separates the decimals of amounts'),
  customers: z.enum(['make', 'leave_out']).describe('Orders of people who are not in the contacts'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('Region of phone numbers without a country code'),
}
export const OrderOptions = z.object({
  ...orderOptionFields,
  source: orderOptionFields.source.default('Orders'),
  customers: orderOptionFields.customers.default('make'),
})
export type OrderOptions = z.infer<typeof OrderOptions>
export const OrderChoices = z.object(orderOptionFields).partial()

export const OrderProblem = z.object({
  kind: z.enum([
    'no_order_id',
    'no_customer',
    'bad_email',
    'bad_phone',
    'bad_date',
    'bad_amount',
    'bad_quantity',
    'bad_currency',
    'bad_status',
    'rounded',
    'future_date',
    'unreadable',
  ]),
  severity: z.enum(['rejects_row', 'warning']),
  title: z.string(),
  count: Count,
  examples: z.array(z.object({ line: Count, value: z.string() })),
})
export type OrderProblem = z.infer<typeof OrderProblem>

/** What the application sees in a file of orders before anything is written; counts are over the inspected rows. */
export const OrderInspection = z.object({
  token: FileToken,
  fileName: z.string(),
  bytes: Count,
  reading: FileReading,
  readingWhy: z.string(),
  columns: z.array(
    z.object({
      column: Count,
      name: z.string(),
      samples: z.array(z.string()),
      suggestion: OrderTarget,
      why: z.string(),
    }),
  ),
  mapping: z.array(OrderColumnMapping),
  options: OrderOptions,
  missing: z.array(z.string()).describe('What has to be chosen before the import can start, in sentences'),
  preview: z.array(
    z.object({
      line: Count,
      orderId: z.string(),
      customer: z.string(),
      at: Instant.nullable(),
      currency: z.string(),
      valueMinor: Minor.nullable(),
      status: z.string(),
      item: z.string(),
      fault: z.string(),
    }),
  ),
  problems: z.array(OrderProblem),
  rows: Count,
  rejected: Count,
  orders: Count,
  customers: Count,
  knownCustomers: Count,
  complete: z.boolean(),
})
export type OrderInspection = z.infer<typeof OrderInspection>

/** An import of orders. `rows` = `taken` + `rejected`; the taken rows make `created` + `updated` + `unchanged` orders. */
export const OrderImport = z.object({
  id: z.string(),
  fileName: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'undone']),
  rows: Count,
  taken: Count,
  rejected: Count,
  created: Count,
  updated: Count,
  unchanged: Count,
  customersMade: Count,
  fractionDone: z.number().min(0).max(1),
  rowsPerSecond: z.number().min(0),
  error: z.string().nullable(),
  canUndo: z.boolean(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
})
export type OrderImport = z.infer<typeof OrderImport>

const OrderImportId = z.object({ id: z.string().min(1).max(64) })

export const purchases = {
  ofContact: query(
    'Orders of a contact, newest first, and her totals in every currency',
    z.object({
      contactId: ContactId,
      before: z.object({ at: Instant, id: z.string() }).nullable().default(null).describe('Orders older than this one'),
      limit: z.number().int().min(1).max(200).default(25),
    }),
    z.object({
      totals: z.array(PurchaseTotals),
      orders: z.array(Order),
      more: z.boolean(),
      products: z.array(z.object({ name: z.string(), quantity: Count, orders: Count })).describe('Bought most often'),
      categories: z.array(z.object({ name: z.string(), quantity: Count, orders: Count })),
      rfm: z.array(Rfm),
    }),
  ),
  save: command(
    'Adds an order of a contact, or changes the one with the same source and number',
    'contacts.edit',
    Order.omit({ id: true }).extend({ contactId: ContactId, items: z.array(OrderItem).max(500).default([]) }),
    z.object({ id: z.string(), outcome: z.enum(['created', 'updated', 'unchanged']) }),
  ),
  remove: command('Deletes an order', 'contacts.edit', z.object({ id: z.string().max(64) }), Done),
  rfm: query(
    'How many customers are in each group of recency, frequency and value',
    Nothing,
    z.object({
      computedAt: Instant.nullable(),
      groups: z.array(z.object({ currency: Currency, group: RfmGroup, customers: Count })),
    }),
  ),
  refreshRfm: command('Computes recency, frequency and value again, in the background', 'contacts.edit', Nothing, Done),
  verify: query(
    'Recomputes every derived figure of purchases, events and scores and counts the differences',
    Nothing,
    z.object({ ok: z.boolean(), checks: z.array(z.object({ name: z.string(), different: Count })) }),
  ),
  inspect: query(
    'Detects how a file of orders is to be read and mapped, and shows what would be stored',
    z.object({
      token: FileToken,
      reading: ReadingCorrections.optional().describe('What the person corrected'),
      mapping: z.array(OrderColumnMapping).max(500).optional(),
      options: OrderChoices.optional(),
    }),
    OrderInspection,
  ),
  startImport: command(
    'Imports orders in the background',
    'contacts.import',
    z.object({
      token: FileToken,
      reading: FileReading,
      mapping: z.array(OrderColumnMapping).min(1).max(500),
      options: OrderOptions,
    }),
    OrderImport,
  ),
  getImport: query('One import of orders with its progress', OrderImportId, OrderImport),
  listImports: query('Imports of orders, newest first', Page, z.object({ rows: z.array(OrderImport), total: Count })),
  cancelImport: command(
    'Stops an import of orders; what is in stays in',
    'contacts.import',
    OrderImportId,
    OrderImport,
  ),
  undoImport: command(
    'Takes an import of orders back: its orders, what it changed, and the contacts that it made and nobody touched since',
    'contacts.import',
    OrderImportId,
    OrderImport,
  ),
  rejects: query(
    'Rejected rows with line, field and reason',
    z.object({ ...OrderImportId.shape, ...Page.shape }),
    z.object({
      header: z.array(z.string()),
      rows: z.array(z.object({ line: Count, field: z.string(), reason: z.string(), cells: z.array(z.string()) })),
      total: Count,
    }),
  ),
  rejectsFile: command(
    'Writes the rejected rows with their reasons to a CSV file',
    'contacts.import',
    OrderImportId,
    Download,
  ),
}
