import { Group, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Num, Time } from '../../components/Figures.tsx'
import { useAsk } from '../../lib/requests.ts'

/** How many customers are in each group of recency, frequency and value; nothing while there are none. */
export function RfmGroups() {
  const { t } = useTranslation()
  const rfm = useAsk('purchases.rfm', api.purchases.rfm, {}).data
  if (!rfm || rfm.groups.length === 0) return null
  const severalCurrencies = new Set(rfm.groups.map(one => one.currency)).size > 1
  return (
    <section>
      <Group gap="sm" align="baseline" mt="xl" mb="xs">
        <Title order={2}>{t('orders.customerGroups')}</Title>
        <Text fz="sm" c="dimmed">
          {t('orders.asOf')} <Time at={rfm.computedAt} />
        </Text>
      </Group>
      <Text c="dimmed" mb="xs">
        {t('orders.customerGroupsSays')}
      </Text>
      <Table maw={420} verticalSpacing={3}>
        <Table.Tbody>
          {rfm.groups.map(({ currency, group, customers }) => (
            <Table.Tr key={`${currency} ${group}`}>
              <Table.Td>{t(`orders.group_${group}`)}</Table.Td>
              {severalCurrencies ? <Table.Td c="dimmed">{currency}</Table.Td> : null}
              <Table.Td ta="right">
                <Num value={customers} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
