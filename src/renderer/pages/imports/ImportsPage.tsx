import { Table, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ContactTabs } from '../../components/ContactTabs.tsx'
import { Num, Time } from '../../components/Figures.tsx'
import { FileDrop } from '../../components/FileDrop.tsx'
import { LinkAnchor, LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
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
      <Title order={2} mt="xl" mb="sm">
        {t('imports.history')}
      </Title>
      <Answer to={history}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p style={{ color: 'var(--mantine-color-dimmed)', margin: 0 }}>{t('imports.historyEmpty')}</p>
          ) : (
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('imports.file')}</Table.Th>
                  <Table.Th>{t('imports.state')}</Table.Th>
                  <Table.Th>{t('imports.when')}</Table.Th>
                  <Table.Th>{t('imports.intoList')}</Table.Th>
                  <Table.Th ta="right">{t('imports.rowsRead')}</Table.Th>
                  <Table.Th ta="right">{t('imports.created')}</Table.Th>
                  <Table.Th ta="right">{t('imports.updated')}</Table.Th>
                  <Table.Th ta="right">{t('imports.rejected')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(run => (
                  <Table.Tr key={run.id}>
                    <Table.Td>
                      <LinkAnchor to="/imports/$id" params={{ id: run.id }} inherit>
                        {run.fileName}
                      </LinkAnchor>
                    </Table.Td>
                    <Table.Td>
                      <StatusBadge status={run.state} />
                    </Table.Td>
                    <Table.Td>
                      <Time at={run.createdAt} />
                    </Table.Td>
                    <Table.Td>{run.listName}</Table.Td>
                    <Table.Td ta="right">
                      <Num value={run.rows} />
                    </Table.Td>
                    <Table.Td ta="right">
                      <Num value={run.created} />
                    </Table.Td>
                    <Table.Td ta="right">
                      <Num value={run.updated} />
                    </Table.Td>
                    <Table.Td ta="right">
                      <Num value={run.rejected} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Answer>
    </>
  )
}
