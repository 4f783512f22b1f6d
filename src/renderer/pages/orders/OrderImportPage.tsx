import { Table, Title } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ContactTabs } from '../../components/ContactTabs.tsx'
import { Num, Time } from '../../components/Figures.tsx'
import { FileDrop } from '../../components/FileDrop.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useImportFile } from '../../lib/use-import-file.ts'
import { NewOrderImport } from './NewOrderImport.tsx'
import { OrderImportRun } from './OrderImportRun.tsx'
import { RfmGroups } from './RfmGroups.tsx'

/** The import of orders: choosing a file, looking at it, and how it goes; which of them is in the address. */
export function OrderImportPage() {
  const { token, id } = useSearch({ from: '/orders/import' })
  if (id) return <OrderImportRun key={id} id={id} />
  return token ? <NewOrderImport key={token} token={token} /> : <ChooseFile />
}

const FIGURES = ['rows', 'created', 'updated', 'customersMade', 'rejected'] as const
const LABELS = {
  rows: 'orders.rows',
  created: 'orders.ordersNew',
  updated: 'orders.updated',
  customersMade: 'orders.customersMade',
  rejected: 'orders.rejected',
} as const

function ChooseFile() {
  const { t } = useTranslation()
  const file = useImportFile('orders')
  const history = useAsk('purchases.listImports', api.purchases.listImports, { limit: 100 })
  return (
    <>
      <ContactTabs />
      <PageHeader title={t('orders.title')} says={t('orders.says')} />
      <FileDrop
        title={t('orders.drop')}
        says={t('orders.dropSays')}
        choose={t('orders.choose')}
        accept=".csv,.tsv,.tab,.txt,.xlsx,.xlsm,text/csv,text/plain"
        busy={file.busy}
        onFile={file.take}
      />
      <Title order={2} mt="xl" mb="sm">
        {t('orders.history')}
      </Title>
      <Answer to={history}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p style={{ color: 'var(--mantine-color-dimmed)', margin: 0 }}>{t('orders.historyEmpty')}</p>
          ) : (
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('orders.file')}</Table.Th>
                  <Table.Th>{t('orders.state')}</Table.Th>
                  <Table.Th>{t('orders.when')}</Table.Th>
                  {FIGURES.map(figure => (
                    <Table.Th key={figure} ta="right">
                      {t(LABELS[figure])}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(run => (
                  <Table.Tr key={run.id}>
                    <Table.Td>
                      <LinkAnchor to="/orders/import" search={{ id: run.id }} inherit>
                        {run.fileName}
                      </LinkAnchor>
                    </Table.Td>
                    <Table.Td>
                      <StatusBadge status={run.state} />
                    </Table.Td>
                    <Table.Td>
                      <Time at={run.createdAt} />
                    </Table.Td>
                    {FIGURES.map(figure => (
                      <Table.Td key={figure} ta="right">
                        <Num value={run[figure]} />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Answer>
      <RfmGroups />
    </>
  )
}
