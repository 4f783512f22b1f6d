import { Radio, Select, Stack, Table, TextInput, Title } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { OrderChoices, type OrderInspection, type OrderOptions } from '../../../shared/contract/purchases.ts'
import { Num } from '../../components/Figures.tsx'

interface OrderOptionsFormProps {
  readonly found: OrderInspection
  readonly options: OrderOptions
  readonly onChange: (change: Partial<OrderOptions>) => void
}

/** What an import of orders would do, and how amounts, dates and customers are read. */
export function OrderOptionsForm({ found, options, onChange }: OrderOptionsFormProps) {
  const { t } = useTranslation()
  const currencies = useMemo(() => Intl.supportedValuesOf('currency'), [])
  const newCustomers = found.customers - found.knownCustomers
  const makes = options.customers === 'make'
  const facts = [
    ['est_orders', found.orders],
    ['est_customers', found.customers],
    ['est_known', found.knownCustomers],
    [makes ? 'est_new' : 'est_leftOut', newCustomers],
    ['est_rejected', found.rejected],
  ] as const
  const take = (change: unknown): void => {
    const choice = OrderChoices.safeParse(change)
    if (choice.success) onChange(withoutBlanks(choice.data))
  }
  return (
    <Stack gap="sm">
      <Title order={2}>{t('orders.willHappen')}</Title>
      <Table verticalSpacing={3} horizontalSpacing={0} withRowBorders={false}>
        <Table.Tbody>
          {facts.map(([key, value]) => (
            <Table.Tr key={key}>
              <Table.Td>{t(`orders.${key}`)}</Table.Td>
              <Table.Td ta="right">
                <Num value={value} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Radio.Group
        label={t('orders.unknownCustomers')}
        value={options.customers}
        onChange={customers => take({ customers })}
      >
        <Stack gap={4} mt={4}>
          <Radio value="make" label={t('orders.customers_make')} />
          <Radio value="leave_out" label={t('orders.customers_leave_out')} />
        </Stack>
      </Radio.Group>
      <Title order={2} mt="sm">
        {t('orders.options')}
      </Title>
      <TextInput
        label={t('orders.source')}
        description={t('orders.sourceHint')}
        maxLength={60}
        value={options.source}
        onChange={event => onChange({ source: event.currentTarget.value })}
      />
      <Select
        label={t('orders.currency')}
        description={t('orders.currencyHint')}
        searchable
        allowDeselect={false}
        limit={60}
        data={currencies}
        value={options.currency}
        onChange={currency => take({ currency })}
      />
      <Select
        label={t('orders.decimal')}
        allowDeselect={false}
        data={(['point', 'comma'] as const).map(value => ({ value, label: t(`orders.decimal_${value}`) }))}
        value={options.decimal}
        onChange={decimal => take({ decimal })}
      />
      <Select
        label={t('orders.dateOrder')}
        allowDeselect={false}
        data={(['ymd', 'dmy', 'mdy'] as const).map(value => ({ value, label: t(`orders.dateOrder_${value}`) }))}
        value={options.dateOrder}
        onChange={dateOrder => take({ dateOrder })}
      />
    </Stack>
  )
}

function withoutBlanks(
  choices: Partial<{ [K in keyof OrderOptions]: OrderOptions[K] | undefined }>,
): Partial<OrderOptions> {
  const { currency, dateOrder, decimal, customers } = choices
  return {
    ...(currency ? { currency } : {}),
    ...(dateOrder ? { dateOrder } : {}),
    ...(decimal ? { decimal } : {}),
    ...(customers ? { customers } : {}),
  }
}
