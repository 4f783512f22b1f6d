import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ContactTabs } from '../../components/ContactTabs.tsx'
import { FileDrop } from '../../components/FileDrop.tsx'
import { ImportHistory } from '../../components/imports/ImportHistory.tsx'
import { LinkAnchor, LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useImportFile } from '../../lib/use-import-file.ts'
import { PasteButton } from './PasteButton.tsx'

/** Where a file is handed over, and what became of earlier ones. */
export function ImportsPage() {
  const { t } = useTranslation()
  const file = useImportFile()
  const history = useAsk('imports.list', api.imports.list, { limit: 100 })
  return (
    <>
      <ContactTabs />
      <PageHeader
        title={t('imports.title')}
        actions={
          <>
            <LinkButton variant="subtle" to="/orders/import" search={{}}>
              {t('imports.orders')}
            </LinkButton>
            <PasteButton busy={file.busy} onFile={file.take} />
          </>
        }
      />
      <FileDrop
        title={t('imports.drop')}
        says={t('imports.dropSays')}
        choose={t('imports.choose')}
        accept=".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.vcf,.vcard,text/csv,text/plain,text/vcard"
        busy={file.busy}
        onFile={file.take}
      />
      <Answer to={history}>
        {({ rows }) => (
          <ImportHistory
            title={t('imports.history')}
            empty={t('imports.historyEmpty')}
            runs={rows}
            link={run => (
              <LinkAnchor to="/imports/$id" params={{ id: run.id }} inherit>
                {run.fileName}
              </LinkAnchor>
            )}
            words={[{ label: t('imports.intoList'), of: run => run.listName }]}
            figures={[
              { label: t('imports.rowsRead'), of: run => run.rows },
              { label: t('imports.created'), of: run => run.created },
              { label: t('imports.updated'), of: run => run.updated },
              { label: t('imports.rejected'), of: run => run.rejected },
            ]}
          />
        )}
      </Answer>
    </>
  )
}
