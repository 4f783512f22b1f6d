import type {
  OrderColumnMapping,
  OrderOptions,
  OrderProblem,
  OrderTarget,
} from '../../../../shared/contract/purchases.ts'
import { currencyDigits } from '../../../../shared/domain/currency.ts'
import { readEmail } from '../../../../shared/domain/email-address.ts'
import { splitName } from '../../import/checks/person-name.ts'
import { createPhoneReader } from '../../import/checks/read-phone.ts'
import type { TableRow } from '../../import/reading/table-row.ts'
import { readOrderStatus } from './order-status.ts'
import { type Decimal, readDecimal, times, toMinor } from './read-amount.ts'
import { createMomentReader } from './read-moment.ts'

/** A row of an orders file that can be stored: an order, or one item of it. */
export interface OrderRow {
  readonly orderId: string
  readonly email: string | null
  readonly emailKey: string | null
  readonly phone: string | null
  readonly customerId: string | null
  readonly firstName: string
  readonly lastName: string
  readonly at: number | null
  readonly currency: string
  readonly valueMinor: number | null
  readonly status: string | null
  readonly hasItem: boolean
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly quantity: number
  readonly itemMinor: number | null
}

/** Something about a row that a person should know. */
export interface OrderRowProblem {
  readonly kind: OrderProblem['kind']
  readonly value: string
}

/** What became of a row. A rejected one still tells its order, whose other rows cannot be taken without it. */
export type CheckedOrderRow =
  | { readonly kind: 'row'; readonly row: OrderRow; readonly warnings: readonly OrderRowProblem[] }
  | {
      readonly kind: 'rejected'
      readonly orderId: string
      readonly field: string
      readonly reason: string
      readonly problem: OrderRowProblem
    }

/** What rows are read by. */
export interface OrderReading {
  readonly mapping: readonly OrderColumnMapping[]
  readonly options: OrderOptions
  readonly timeZone: string
  readonly now: number
}

/** The columns of a file that make items of its rows. */
export const ITEM_TARGETS: ReadonlySet<OrderTarget> = new Set([
  'sku',
  'itemName',
  'category',
  'quantity',
  'itemPrice',
  'itemTotal',
])

const DAY = 86_400_000

/** Ends the check of a row: it cannot be stored. */
class Fault extends Error {
  readonly target: OrderTarget
  readonly problem: OrderRowProblem

  constructor(target: OrderTarget, kind: OrderProblem['kind'], value: string, reason: string) {
    super(reason)
    this.target = target
    this.problem = { kind, value }
  }
}

/**
 * The check of rows for one mapping and one choice of options. It remembers the row before: shops name the currency of an
 * order on the first of its rows only.
 */
export function createOrderCheck({
  mapping,
  options,
  timeZone,
  now,
}: OrderReading): (row: TableRow) => CheckedOrderRow {
  const columns = new Map(mapping.map(({ target, column }) => [target, column]))
  const names = new Map(mapping.map(({ target, name }) => [target, name]))
  const readPhone = createPhoneReader()
  const readMoment = createMomentReader(timeZone)
  const hasItems = mapping.some(({ target }) => ITEM_TARGETS.has(target))

  let before = { orderId: '', currency: '' }

  return source => {
    const cell = (target: OrderTarget): string => {
      const column = columns.get(target)
      return column === undefined ? '' : (source.cells[column]?.trim() ?? '')
    }
    const orderId = cell('orderId').slice(0, 200)
    try {
      return checked(source, cell, orderId)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const field = names.get(error.target) ?? ''
      return { kind: 'rejected', orderId, field, reason: error.message, problem: error.problem }
    }
  }

  function checked(source: TableRow, cell: (target: OrderTarget) => string, orderId: string): CheckedOrderRow {
    if (source.fault !== null) {
      throw new Fault(
        'ignore',
        'unreadable',
        '',
        'The row cannot be read: a quotation mark that never closes, or a field that is too long.',
      )
    }
    if (orderId === '') throw new Fault('orderId', 'no_order_id', '', 'The row has no order number.')
    const warnings: OrderRowProblem[] = []
    const currency = currencyOf(cell('currency'), orderId)
    before = { orderId, currency }
    const digits = currencyDigits(currency)
    const amount = (target: OrderTarget, factor: number): number | null => {
      const text = cell(target)
      if (text === '') return null
      const decimal = decimalOf(target, text)
      const minor = toMinor(times(decimal, factor), digits)
      if (minor === null) throw new Fault(target, 'bad_amount', text, 'The amount is too large.')
      if (minor.isRounded) warnings.push({ kind: 'rounded', value: text })
      return minor.minor
    }
    const quantity = quantityOf(cell('quantity'))
    const valueMinor = amount('value', 1)
    if (valueMinor !== null && valueMinor < 0) {
      throw new Fault(
        'value',
        'bad_amount',
        cell('value'),
        'An order cannot be worth less than nothing. Mark refunds by the status.',
      )
    }
    const row: OrderRow = {
      orderId,
      ...customerOf(cell),
      at: momentOf(cell('date'), warnings),
      currency,
      valueMinor,
      status: statusOf(cell('status')),
      hasItem: hasItems,
      sku: oneLine(cell('sku'), 200),
      name: oneLine(cell('itemName'), 500),
      category: oneLine(cell('category'), 200),
      quantity,
      itemMinor: amount('itemTotal', 1) ?? amount('itemPrice', quantity),
    }
    return { kind: 'row', row, warnings }
  }

  function decimalOf(target: OrderTarget, text: string): Decimal {
    const decimal = readDecimal(text, options.decimal)
    if (decimal !== null) return decimal
    throw new Fault(
      target,
      'bad_amount',
      text,
      `“${text.slice(0, 40)}” is no amount with a decimal ${options.decimal}.`,
    )
  }

  function currencyOf(text: string, orderId: string): string {
    if (text === '') return orderId === before.orderId ? before.currency : options.currency
    if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase()
    throw new Fault('currency', 'bad_currency', text, 'A currency is written with three letters, such as USD.')
  }

  function quantityOf(text: string): number {
    if (text === '') return 1
    const decimal = readDecimal(text, options.decimal)
    const whole = decimal === null ? null : toMinor(decimal, 0)
    if (whole !== null && !whole.isRounded && whole.minor >= 0 && whole.minor <= 1e9) return whole.minor
    throw new Fault('quantity', 'bad_quantity', text, 'A quantity is a whole number.')
  }

  function momentOf(text: string, warnings: OrderRowProblem[]): number | null {
    if (text === '') return null
    const at = readMoment(text, options.dateOrder)
    if (at === null || at < 0) throw new Fault('date', 'bad_date', text, 'That is no date. Write it as year-month-day.')
    if (at > now + DAY) warnings.push({ kind: 'future_date', value: text })
    return at
  }

  function statusOf(text: string): string | null {
    if (text === '') return null
    const status = readOrderStatus(text)
    if (status !== null) return status
    throw new Fault(
      'status',
      'bad_status',
      text,
      `“${text.slice(0, 40)}” is neither paid, refunded nor cancelled. Import it again when it is paid.`,
    )
  }

  function customerOf(cell: (target: OrderTarget) => string) {
    const fullName = cell('fullName')
    const split = fullName === '' ? { first: '', last: '' } : splitName(fullName)
    const email = emailOf(cell('email'))
    return {
      ...email,
      phone: phoneOf(cell('phone'), email.emailKey !== null),
      customerId: cell('customerId').slice(0, 200) || null,
      firstName: oneLine(cell('firstName') || split.first, 200),
      lastName: oneLine(cell('lastName') || split.last, 200),
    }
  }

  function emailOf(text: string): { readonly email: string | null; readonly emailKey: string | null } {
    if (text === '') return { email: null, emailKey: null }
    const reading = readEmail(text)
    if (reading.kind === 'address') return { email: reading.address, emailKey: reading.key }
    throw new Fault('email', 'bad_email', text, 'That is not an e-mail address.')
  }

  function phoneOf(text: string, isReachable: boolean): string | null {
    if (text === '') return null
    const reading = readPhone(text, options.country)
    if (reading.kind === 'number') return reading.e164
    if (isReachable) return null
    throw new Fault(
      'phone',
      'bad_phone',
      text,
      `That is no phone number in ${options.country}; write others with + and their country code.`,
    )
  }
}

function oneLine(text: string, most: number): string {
  return text.replace(/[\r\n\0]+/g, ' ').slice(0, most)
}
