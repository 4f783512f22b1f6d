import { Alert, Button, Tabs, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { CircleAlert, FileX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FileToken } from '../../../shared/contract/define.ts'
import type { OrderColumnMapping, OrderInspection, OrderOptions } from '../../../shared/contract/purchases.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { OrderColumns } from './OrderColumns.tsx'
import classes from './OrderImport.module.css'
import { OrderOptionsForm } from './OrderOptionsForm.tsx'
import { OrderPreview } from './OrderPreview.tsx'
import { OrderProblems } from './OrderProblems.tsx'

interface Corrections {
  readonly mapping: readonly OrderColumnMapping[] | null
  readonly options: Partial<OrderOptions>
}

/** Shows what is in a file of orders and what would be stored, before anything is. */
export function NewOrderImport({ token }: { readonly token: string }) {
  const { t } = useTranslation()
  const [mine, setMine] = useState<Corrections>({ mapping: null, options: {} })
  const [asked] = useDebouncedValue(mine, 200)
  const fileToken = FileToken.safeParse(token)
  const inspection = useAsk(
    'purchases.inspect',
    api.purchases.inspect,
    {
      token: fileToken.data ?? '',
      options: asked.options,
      ...(asked.mapping ? { mapping: [...asked.mapping] } : {}),
    },
    { enabled: fileToken.success, keepLast: true, isFixed: true },
  )
  if (!fileToken.success || (inspection.error && inspection.data === undefined)) {
    return (
      <>
        <PageHeader title={t('orders.title')} />
        <EmptyState
          icon={FileX}
          title={t('orders.noFile')}
          says={inspection.error?.message ?? t('orders.noFileSays')}
          action={
            <LinkButton to="/orders/import" search={{}}>
              {t('orders.again')}
            </LinkButton>
          }
        />
      </>
    )
  }
  return <Answer to={inspection}>{found => <Inspected found={found} mine={mine} onCorrect={setMine} />}</Answer>
}

interface InspectedProps {
  readonly found: OrderInspection
  readonly mine: Corrections
  readonly onCorrect: (mine: Corrections) => void
}

function Inspected({ found, mine, onCorrect }: InspectedProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const start = useAct('purchases.startImport', api.purchases.startImport, {
    onDone: run => void navigate({ to: '/orders/import', search: { id: run.id }, replace: true }),
  })
  const mapping = mine.mapping ?? found.mapping
  const options = { ...found.options, ...mine.options }
  const isReady = found.missing.length === 0 && options.source.trim() !== ''
  return (
    <>
      <PageHeader
        title={t('orders.newTitle', { file: found.fileName })}
        aside={t(found.complete ? 'orders.newAside' : 'orders.newAsideFirst', {
          count: found.rows,
          size: formats.bytes(found.bytes),
        })}
        actions={
          <>
            <LinkButton variant="default" to="/orders/import" search={{}}>
              {t('common.cancel')}
            </LinkButton>
            <Button
              disabled={!isReady}
              loading={start.isPending || start.isSuccess}
              onClick={() =>
                start.mutate({ token: found.token, reading: found.reading, mapping: [...mapping], options })
              }
            >
              {found.complete ? t('orders.start', { count: found.orders }) : t('orders.startAll')}
            </Button>
          </>
        }
      />
      <div className={classes.layout}>
        <div className={classes.file}>
          <Text c="dimmed" fz="sm">
            {found.readingWhy}
          </Text>
          {found.missing.map(sentence => (
            <Alert key={sentence} color="yellow" variant="light" mt="sm" icon={<CircleAlert size={16} />}>
              {sentence}
            </Alert>
          ))}
          <Tabs defaultValue="columns" className={classes.tabs ?? ''} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="columns">{t('orders.columns')}</Tabs.Tab>
              <Tabs.Tab value="preview">{t('orders.preview')}</Tabs.Tab>
              <Tabs.Tab value="problems">
                {t('orders.problems')} {found.problems.length > 0 ? found.problems.length : ''}
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="columns" className={classes.panel ?? ''}>
              <OrderColumns
                columns={found.columns}
                mapping={mapping}
                onChange={next => onCorrect({ ...mine, mapping: next })}
              />
            </Tabs.Panel>
            <Tabs.Panel value="preview" className={classes.panel ?? ''}>
              <OrderPreview rows={found.preview} />
            </Tabs.Panel>
            <Tabs.Panel value="problems" className={classes.panel ?? ''}>
              <OrderProblems problems={found.problems} />
            </Tabs.Panel>
          </Tabs>
        </div>
        <aside className={classes.rail} aria-label={t('orders.willHappen')}>
          <OrderOptionsForm
            found={found}
            options={options}
            onChange={change => onCorrect({ ...mine, options: { ...mine.options, ...change } })}
          />
        </aside>
      </div>
    </>
  )
}
