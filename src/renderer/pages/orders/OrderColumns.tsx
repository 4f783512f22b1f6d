import { Select, Table } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type OrderColumnMapping, type OrderInspection, OrderTarget } from '../../../shared/contract/purchases.ts'
import classes from './OrderImport.module.css'

const GROUPS = [
  ['order', ['orderId', 'date', 'value', 'currency', 'status']],
  ['customer', ['email', 'phone', 'customerId', 'firstName', 'lastName', 'fullName']],
  ['item', ['sku', 'itemName', 'category', 'quantity', 'itemPrice', 'itemTotal']],
  ['other', ['ignore']],
] as const

interface OrderColumnsProps {
  readonly columns: OrderInspection['columns']
  readonly mapping: readonly OrderColumnMapping[]
  readonly onChange: (mapping: readonly OrderColumnMapping[]) => void
}

/** Every column of a file of orders with samples, and what becomes of it. */
export function OrderColumns({ columns, mapping, onChange }: OrderColumnsProps) {
  const { t } = useTranslation()
  const targets = useMemo(
    () =>
      GROUPS.map(([group, items]) => ({
        group: t(`orders.group_${group}`),
        items: items.map(target => ({ value: target, label: t(`orders.target_${target}`) })),
      })),
    [t],
  )
  const choose = (column: number, value: string | null): void => {
    const target = OrderTarget.safeParse(value)
    if (!target.success) return
    onChange(mapping.map(one => (one.column === column ? { ...one, target: target.data } : one)))
  }
  return (
    <Table verticalSpacing={3}>
      <Table.Thead className={classes.sticky ?? ''}>
        <Table.Tr>
          <Table.Th>{t('orders.column')}</Table.Th>
          <Table.Th>{t('orders.samples')}</Table.Th>
          <Table.Th w={200}>{t('orders.becomes')}</Table.Th>
          <Table.Th>{t('orders.why')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {columns.map(column => {
          const target = mapping.find(one => one.column === column.column)?.target ?? 'ignore'
          return (
            <Table.Tr key={column.column}>
              <Table.Td fw={500} className={`${classes.cell ?? ''} t-cut`} title={column.name}>
                {column.name}
              </Table.Td>
              <Table.Td
                className={`${classes.cell ?? ''} ${classes.quiet ?? ''} t-cut`}
                title={column.samples.join('\n')}
              >
                {column.samples.slice(0, 3).join(', ') || '–'}
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={t('orders.becomesOf', { column: column.name })}
                  data={targets}
                  value={target}
                  onChange={value => choose(column.column, value)}
                  searchable
                  allowDeselect={false}
                  maxDropdownHeight={320}
                />
              </Table.Td>
              <Table.Td className={classes.quiet ?? ''}>
                {target === column.suggestion ? column.why : t('orders.chosen')}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
