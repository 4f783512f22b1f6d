import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ContactTabs } from '../../components/ContactTabs.tsx'
import { FileDrop } from '../../components/FileDrop.tsx'
import { ImportHistory } from '../../components/imports/ImportHistory.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
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
      <Answer to={history}>
        {({ rows }) => (
          <ImportHistory
            title={t('orders.history')}
            empty={t('orders.historyEmpty')}
            runs={rows}
            link={run => (
              <LinkAnchor to="/orders/import" search={{ id: run.id }} inherit>
                {run.fileName}
              </LinkAnchor>
            )}
            figures={[
              { label: t('orders.rows'), of: run => run.rows },
              { label: t('orders.ordersNew'), of: run => run.created },
              { label: t('orders.updated'), of: run => run.updated },
              { label: t('orders.customersMade'), of: run => run.customersMade },
              { label: t('orders.rejected'), of: run => run.rejected },
            ]}
          />
        )}
      </Answer>
      <RfmGroups />
    </>
  )
}
