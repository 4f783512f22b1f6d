import { Alert, Button, Tabs } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { CircleAlert, FileX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  ColumnMapping,
  FileReading,
  ImportOptions,
  Inspection,
  InspectionRequest,
} from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { ChangesPanel } from './ChangesPanel.tsx'
import { ColumnsTable } from './ColumnsTable.tsx'
import { DateQuestion } from './DateQuestion.tsx'
import { EstimatePanel } from './EstimatePanel.tsx'
import { withFilledConstants } from './filled-constants.ts'
import classes from './NewImportPage.module.css'
import { OptionsForm } from './OptionsForm.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import { ProblemList } from './ProblemList.tsx'
import { ReadingRow } from './ReadingRow.tsx'

/** What the person has corrected so far; everything else is as it was detected. */
interface Corrections {
  readonly reading: Partial<FileReading>
  readonly mapping: readonly ColumnMapping[] | null
  readonly options: Partial<ImportOptions>
}

/** Shows what is in a file and what would be stored, before anything is. */
export function NewImportPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { token } = useSearch({ from: '/imports/new' })
  const [mine, setMine] = useState<Corrections>({ reading: {}, mapping: null, options: {} })
  const [asked] = useDebouncedValue(mine, 200)
  const start = useAct('imports.start', api.imports.start, {
    onDone: run => void navigate({ to: '/imports/$id', params: { id: run.id }, replace: true }),
  })
  // Once the import has begun the file is its own; nothing is left to inspect.
  const isOurs = !start.isPending && !start.isSuccess
  const request: InspectionRequest = {
    token,
    reading: asked.reading,
    options: withFilledConstants(asked.options),
    ...(asked.mapping ? { mapping: [...asked.mapping] } : {}),
  }
  const inspection = useAsk('imports.inspect', api.imports.inspect, request, {
    enabled: token !== '' && isOurs,
    keepLast: true,
    isFixed: true,
  })
  if (token === '' || (inspection.error && inspection.data === undefined)) {
    return (
      <>
        <PageHeader title={t('imports.title')} />
        <EmptyState
          icon={FileX}
          title={t('imports.noFile')}
          says={inspection.error?.message ?? t('imports.noFileSays')}
          action={<LinkButton to="/imports">{t('imports.again')}</LinkButton>}
        />
      </>
    )
  }
  return (
    <Answer to={inspection}>
      {found => (
        <Inspected
          found={found}
          isStale={inspection.isPlaceholderData || asked !== mine}
          request={request}
          mine={mine}
          onCorrect={setMine}
          isStarting={!isOurs}
          onStart={start.mutate}
        />
      )}
    </Answer>
  )
}

type ImportOrder = Parameters<typeof api.imports.start>[0]

interface InspectedProps {
  readonly found: Inspection
  /** A newer answer is on its way: the figures are those of before. */
  readonly isStale: boolean
  readonly request: InspectionRequest
  readonly mine: Corrections
  readonly onCorrect: (mine: Corrections) => void
  readonly isStarting: boolean
  readonly onStart: (order: ImportOrder) => void
}

function Inspected({ found, isStale, request, mine, onCorrect, isStarting, onStart }: InspectedProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [tab, setTab] = useState<string | null>('columns')
  const mapping = mine.mapping ?? found.mapping
  const options = { ...found.options, ...mine.options }
  const reading = { ...found.reading, ...mine.reading }
  const hasAddress = mapping.some(column => column.target === 'email' || column.target === 'phone')
  const begin = (): void => {
    if (hasAddress && !isStarting) {
      onStart({ token: found.token, reading, mapping: [...mapping], options: withFilledConstants(options) })
    }
  }
  useHotkeys([['mod+Enter', begin]], [])
  const size = formats.bytes(found.bytes)
  const problems = found.problems.filter(problem => problem.severity !== 'corrected').length
  const choose = (change: Partial<ImportOptions>): void =>
    onCorrect({ ...mine, options: { ...mine.options, ...change } })
  const hasDates = mapping.some(
    one => one.target === 'birthday' || (one.target.startsWith('custom:') && one.type === 'date'),
  )
  const asksDates = hasDates && found.dates.ambiguous !== '' && mine.options.dateOrder === undefined
  return (
    <>
      <PageHeader
        title={t('imports.newTitle', { file: found.fileName })}
        aside={t(found.complete ? 'imports.newAside' : 'imports.newAsideFirst', { count: found.rows, size })}
        actions={
          <>
            <LinkButton variant="default" to="/imports">
              {t('common.cancel')}
            </LinkButton>
            <Button onClick={begin} loading={isStarting} disabled={!hasAddress}>
              {found.complete ? t('imports.start', { count: found.rows }) : t('imports.startAll')}
            </Button>
          </>
        }
      />
      <div className={classes.layout}>
        <div className={classes.file}>
          <ReadingRow
            reading={reading}
            sheets={found.sheets}
            why={found.readingWhy}
            // Another reading gives other columns, so an earlier mapping means nothing any more.
            onChange={change => onCorrect({ ...mine, reading: { ...mine.reading, ...change }, mapping: null })}
          />
          {hasAddress ? null : (
            <Alert color="yellow" variant="light" mt="md" icon={<CircleAlert size={16} />}>
              {t('imports.needsAddress')}
            </Alert>
          )}
          {asksDates ? (
            <DateQuestion example={found.dates.ambiguous} onAnswer={dateOrder => choose({ dateOrder })} />
          ) : null}
          <Tabs value={tab} onChange={setTab} className={classes.tabs ?? ''} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="columns">
                {t('imports.columns')} <span className={classes.count}>{found.columns.length}</span>
              </Tabs.Tab>
              <Tabs.Tab value="preview">{t('imports.preview')}</Tabs.Tab>
              <Tabs.Tab value="problems">
                {t('imports.problems')} {problems > 0 ? <span className={classes.alarm}>{problems}</span> : null}
              </Tabs.Tab>
              <Tabs.Tab value="changes">
                {t('imports.changes')}{' '}
                {found.estimate.updated > 0 ? (
                  <span className={classes.count}>{formats.number(found.estimate.updated)}</span>
                ) : null}
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="columns" className={classes.panel ?? ''}>
              <ColumnsTable
                columns={found.columns}
                mapping={mapping}
                isKnown={found.mappingKnown && mine.mapping === null}
                onChange={next => onCorrect({ ...mine, mapping: next })}
              />
            </Tabs.Panel>
            <Tabs.Panel value="preview" className={classes.panel ?? ''}>
              <PreviewTable found={found} mapping={mapping} />
            </Tabs.Panel>
            <Tabs.Panel value="problems" className={classes.panel ?? ''}>
              <ProblemList problems={found.problems} chosen={options} onChange={choose} />
            </Tabs.Panel>
            <Tabs.Panel value="changes" className={classes.panel ?? ''}>
              <ChangesPanel
                request={request}
                differences={found.differences}
                mapping={mapping}
                options={options}
                onChange={fieldPolicies => choose({ fieldPolicies })}
              />
            </Tabs.Panel>
          </Tabs>
        </div>
        <aside className={classes.rail} aria-label={t('imports.willHappen')}>
          <div aria-busy={isStale} className={isStale ? (classes.stale ?? '') : ''}>
            <EstimatePanel found={found} request={request} />
          </div>
          <OptionsForm options={options} onChange={choose} />
        </aside>
      </div>
    </>
  )
}
