import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrderInspection } from '../../../shared/contract/purchases.ts'
import { Num, Time } from '../../components/Figures.tsx'
import { useFormats } from '../../lib/use-formats.ts'
import classes from './OrderImport.module.css'

/** The first rows as they would be stored, or why they would not. */
export function OrderPreview({ rows }: { readonly rows: OrderInspection['preview'] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Table verticalSpacing={3}>
      <Table.Thead className={classes.sticky ?? ''}>
        <Table.Tr>
          <Table.Th ta="right">{t('orders.line')}</Table.Th>
          <Table.Th>{t('orders.order')}</Table.Th>
          <Table.Th>{t('orders.customer')}</Table.Th>
          <Table.Th>{t('orders.date')}</Table.Th>
          <Table.Th>{t('orders.item')}</Table.Th>
          <Table.Th ta="right">{t('orders.value')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(row => (
          <Table.Tr key={row.line}>
            <Table.Td ta="right">
              <Num value={row.line} />
            </Table.Td>
            <Table.Td className={`${classes.cell ?? ''} t-cut`}>{row.orderId}</Table.Td>
            {row.fault ? (
              <Table.Td colSpan={4} className={classes.fault ?? ''}>
                {row.fault}
              </Table.Td>
            ) : (
              <>
                <Table.Td className={`${classes.cell ?? ''} t-cut`} title={row.customer}>
                  {row.customer}
                </Table.Td>
                <Table.Td>
                  <Time at={row.at} />
                </Table.Td>
                <Table.Td className={`${classes.cell ?? ''} t-cut`} title={row.item}>
                  {row.item}
                </Table.Td>
                <Table.Td ta="right">
                  <span className="t-num">
                    {row.valueMinor === null ? '–' : formats.amount(row.valueMinor, row.currency)}
                  </span>
                </Table.Td>
              </>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
