import type { OrderColumnMapping, OrderOptions, OrderTarget } from '../../../../shared/contract/purchases.ts'
import { orderOfDates } from '../../import/checks/read-date.ts'
import { currencyOf, filled } from './order-columns.ts'
import { decimalSignOf } from './read-amount.ts'

/** Options before anybody chose: as the cells are written, else as the workspace is set. */
export function orderDefaults(
  mapping: readonly OrderColumnMapping[],
  rows: readonly (readonly string[])[],
  workspace: { readonly currency: string; readonly country: string },
): OrderOptions {
  const cells = (...targets: readonly OrderTarget[]): string[] =>
    mapping.filter(({ target }) => targets.includes(target)).flatMap(({ column }) => filled(rows, column))
  const amounts = cells('value', 'itemPrice', 'itemTotal')
  const usual = ['US', 'PH', 'PR'].includes(workspace.country) ? 'mdy' : 'dmy'
  return {
    source: 'Orders',
    currency: mostFrequent(cells('currency')) ?? currencyOf(amounts) ?? workspace.currency,
    dateOrder: orderOfDates(cells('date')) ?? usual,
    decimal: decimalSignOf(amounts),
    customers: 'make',
    country: workspace.country,
  }
}

function mostFrequent(cells: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const cell of cells) {
    const code = cell.toUpperCase()
    if (/^[A-Z]{3}$/.test(code)) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1])
  return best?.[0] ?? null
}

/** What is missing before orders can be imported, in sentences; empty when nothing is. */
export function missingIn(mapping: readonly OrderColumnMapping[]): string[] {
  const has = (...targets: readonly OrderTarget[]): boolean => mapping.some(({ target }) => targets.includes(target))
  const missing: string[] = []
  if (!has('orderId'))
    missing.push('Choose the column with the order number; it tells orders apart when they come again.')
  if (!has('email', 'phone', 'customerId'))
    missing.push('Choose the column that says who bought: e-mail, phone or customer number.')
  if (!has('date')) missing.push('Choose the column with the date of the order.')
  if (!has('value', 'itemPrice', 'itemTotal'))
    missing.push('Choose the column with the value of the order, or with the price of the items.')
  const first = new Map<OrderTarget, string>()
  for (const { target, name } of mapping) {
    if (target === 'ignore') continue
    const other = first.get(target)
    if (other !== undefined)
      missing.push(`“${other}” and “${name}” are meant for the same thing. Choose something else for one.`)
    first.set(target, name)
  }
  return missing
}

/** What the ids of customers in the file are called among the external ids of contacts: as the column is named. */
export function customerSourceOf(mapping: readonly OrderColumnMapping[]): string {
  const name = mapping.find(({ target }) => target === 'customerId')?.name ?? ''
  const plain = name
    .replace(/[^A-Za-z0-9 _.-]/g, '')
    .trim()
    .slice(0, 40)
  return plain || 'customer'
}
