import { Badge, Button, Group, Table, Text, Title, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactId } from '../../../shared/contract/define.ts'
import type { Order, PurchaseTotals, Rfm } from '../../../shared/contract/purchases.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { Num, Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'

const FIRST_ORDERS = 5
const MORE_ORDERS = 50

/** What a contact bought: totals in every currency, her group of customers, and the newest orders. */
export function PurchasesSection({ contactId }: { readonly contactId: ContactId }) {
  const { t } = useTranslation()
  const [limit, setLimit] = useState(FIRST_ORDERS)
  const answer = useAsk('purchases.ofContact', api.purchases.ofContact, { contactId, limit }, { keepLast: true })
  return (
    <section>
      <Title order={2} mb="xs">
        {t('orders.purchases')}
      </Title>
      <Answer to={answer}>
        {({ totals, orders, more, products, rfm }) =>
          orders.length === 0 ? (
            <Text c="dimmed">
              {t('orders.noPurchases')}{' '}
              <LinkAnchor to="/orders/import" inherit underline="always">
                {t('orders.importOrders')}
              </LinkAnchor>
            </Text>
          ) : (
            <>
              {totals.map(total => (
                <Totals key={total.currency} total={total} rfm={rfm.find(one => one.currency === total.currency)} />
              ))}
              {products.length > 0 ? (
                <Text fz="sm" c="dimmed" mb="xs">
                  {t('orders.bought')}:{' '}
                  {products.map(one => `${one.name} (${t('orders.pieces', { count: one.quantity })})`).join(', ')}
                </Text>
              ) : null}
              <Orders orders={orders} />
              {more ? (
                <Button
                  size="xs"
                  variant="subtle"
                  onClick={() => setLimit(count => Math.min(200, count + MORE_ORDERS))}
                >
                  {t('orders.more')}
                </Button>
              ) : null}
            </>
          )
        }
      </Answer>
    </section>
  )
}

function Totals({ total, rfm }: { readonly total: PurchaseTotals; readonly rfm: Rfm | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const figures = [
    [t('orders.totalSpend'), formats.amount(total.valueMinor, total.currency)],
    [t('orders.orderCount'), formats.number(total.orders)],
    [t('orders.average'), formats.amount(total.averageMinor, total.currency)],
  ] as const
  return (
    <>
      <Group gap="xl" mb="xs" wrap="wrap">
        {figures.map(([label, value]) => (
          <div key={label}>
            <Text fz="xs" c="dimmed">
              {label}
            </Text>
            <Text fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {value}
            </Text>
          </div>
        ))}
        <div>
          <Text fz="xs" c="dimmed">
            {t('orders.first')}
          </Text>
          <Time at={total.firstAt} />
        </div>
        <div>
          <Text fz="xs" c="dimmed">
            {t('orders.last')}
          </Text>
          <Time at={total.lastAt} />
        </div>
      </Group>
      {rfm ? (
        <Group gap="xs" mb="xs">
          <Badge variant="light" tt="none">
            {t(`orders.group_${rfm.group}`)}
          </Badge>
          <Tooltip label={t('orders.rfmHint')}>
            <Text fz="sm" c="dimmed">
              {t('orders.rfm', { r: rfm.recency, f: rfm.frequency, m: rfm.monetary })}
            </Text>
          </Tooltip>
        </Group>
      ) : null}
    </>
  )
}

function Orders({ orders }: { readonly orders: readonly Order[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Table verticalSpacing={3} mb={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('orders.date')}</Table.Th>
          <Table.Th>{t('orders.order')}</Table.Th>
          <Table.Th>{t('orders.item')}</Table.Th>
          <Table.Th ta="right">{t('orders.value')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {orders.map(order => (
          <Table.Tr key={order.id}>
            <Table.Td>
              <Time at={order.at} />
            </Table.Td>
            <Table.Td className="t-cut" maw={140} title={`${order.source} ${order.externalId}`}>
              {order.externalId}
              {order.status === 'paid' ? null : (
                <Text span fz="xs" c="dimmed">
                  {' '}
                  {t(`orders.status_${order.status}`)}
                </Text>
              )}
            </Table.Td>
            <Table.Td className="t-cut" maw={220} title={itemsOf(order)}>
              {itemsOf(order) || <Pieces order={order} />}
            </Table.Td>
            <Table.Td ta="right" td={order.status === 'paid' ? '' : 'line-through'}>
              <span className="t-num">{formats.amount(order.valueMinor, order.currency)}</span>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function itemsOf(order: Order): string {
  return order.items
    .filter(item => item.name || item.sku || item.category)
    .map(item => `${item.quantity === 1 ? '' : `${item.quantity} × `}${item.name || item.sku || item.category}`)
    .join(', ')
}

function Pieces({ order }: { readonly order: Order }) {
  const { t } = useTranslation()
  const count = order.items.reduce((sum, item) => sum + item.quantity, 0)
  return count > 0 ? <span>{t('orders.pieces', { count })}</span> : <Num value={0} />
}
