import type { OrderInspection, OrderProblem } from '../../../../shared/contract/purchases.ts'
import { readTable } from '../../import/reading/read-table.ts'
import { type CheckedOrderRow, createOrderCheck, type OrderRow } from './order-row.ts'
import type { OrderInspectRequest } from './order-rows-request.ts'

/** What the rows of a file would become; nothing was written. */
export interface OrderFindings
  extends Pick<OrderInspection, 'preview' | 'problems' | 'rows' | 'rejected' | 'orders' | 'customers' | 'complete'> {
  /** Customers, each once, as texts of JSON arrays of [e-mail key, phone, id]. */
  readonly identities: readonly string[]
}

const PREVIEWED = 20
const EXAMPLES = 5
const IDENTITIES_AT_ONCE = 5000

const TITLES: Readonly<Record<OrderProblem['kind'], string>> = {
  no_order_id: 'Rows without an order number',
  no_customer: 'Rows without a customer',
  bad_email: 'E-mail addresses that are none',
  bad_phone: 'Phone numbers that are none',
  bad_date: 'Dates that cannot be read',
  bad_amount: 'Amounts that cannot be read',
  bad_quantity: 'Quantities that are no whole numbers',
  bad_currency: 'Currencies that are not known',
  bad_status: 'Orders that are neither paid, refunded nor cancelled',
  rounded: 'Amounts with more decimals than the currency has are rounded',
  future_date: 'Dates in the future',
  unreadable: 'Rows that cannot be read',
}
const WARNINGS: ReadonlySet<string> = new Set(['rounded', 'future_date'])

/** Reads a file of orders, at most `mostRows` rows, and says what would be stored. */
export async function inspectOrders(request: OrderInspectRequest): Promise<OrderFindings> {
  const check = createOrderCheck(request)
  const problems = new Map<OrderProblem['kind'], { count: number; examples: { line: number; value: string }[] }>()
  const preview: OrderFindings['preview'] = []
  const orders = new Set<string>()
  const customers = new Set<string>()
  let rows = 0
  let rejected = 0
  let complete = true

  function note(kind: OrderProblem['kind'], line: number, value: string): void {
    const group = problems.get(kind) ?? { count: 0, examples: [] }
    group.count += 1
    if (group.examples.length < EXAMPLES) group.examples.push({ line, value: value.slice(0, 200) })
    problems.set(kind, group)
  }

  function take(checked: CheckedOrderRow, line: number): void {
    if (preview.length < PREVIEWED) preview.push({ line, ...previewOf(checked) })
    if (checked.kind === 'rejected') {
      rejected += 1
      note(checked.problem.kind, line, checked.problem.value)
      return
    }
    for (const { kind, value } of checked.warnings) note(kind, line, value)
    orders.add(checked.row.orderId)
    const { emailKey, phone, customerId } = checked.row
    if (emailKey !== null || phone !== null || customerId !== null)
      customers.add(JSON.stringify(identityOf(checked.row)))
  }

  for await (const piece of readTable(request.path, request.reading)) {
    for (const row of piece.rows) {
      if (rows >= request.mostRows) {
        complete = false
        break
      }
      rows += 1
      take(check(row), row.line)
    }
    if (!complete) break
  }
  const known = [...customers]
  return {
    preview,
    problems: [...problems].map(([kind, group]) => ({
      kind,
      severity: WARNINGS.has(kind) ? 'warning' : 'rejects_row',
      title: TITLES[kind],
      ...group,
    })),
    rows,
    rejected,
    orders: orders.size,
    customers: known.length,
    complete,
    identities: Array.from(
      { length: Math.ceil(known.length / IDENTITIES_AT_ONCE) },
      (_, index) => `[${known.slice(index * IDENTITIES_AT_ONCE, (index + 1) * IDENTITIES_AT_ONCE).join(',')}]`,
    ),
  }
}

// A customer with an address is one, whatever else her rows say.
function identityOf({ emailKey, phone, customerId }: OrderRow): readonly (string | null)[] {
  if (emailKey !== null) return [emailKey, null, null]
  return phone === null ? [null, null, customerId] : [null, phone, null]
}

function previewOf(checked: CheckedOrderRow): Omit<OrderInspection['preview'][number], 'line'> {
  if (checked.kind === 'rejected') {
    const { orderId, reason } = checked
    return { orderId, customer: '', at: null, currency: '', valueMinor: null, status: '', item: '', fault: reason }
  }
  const { row } = checked
  return {
    orderId: row.orderId,
    customer: row.email ?? row.phone ?? row.customerId ?? '',
    at: row.at,
    currency: row.currency,
    valueMinor: row.valueMinor ?? row.itemMinor,
    status: row.status ?? 'paid',
    item: [row.hasItem && row.quantity !== 1 ? `${row.quantity} ×` : '', row.name || row.sku || row.category]
      .filter(Boolean)
      .join(' '),
    fault: '',
  }
}
