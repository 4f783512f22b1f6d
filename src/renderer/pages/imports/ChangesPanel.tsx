import { Group, Pagination, Select, Table, Text } from '@mantine/core'
import { GitCompareArrows, MoveRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactChange, FieldDifference } from '../../../shared/contract/import-checks.ts'
import {
  type ColumnMapping,
  FieldPolicy,
  type ImportOptions,
  type InspectionRequest,
} from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Num } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { useAsk } from '../../lib/requests.ts'
import classes from './NewImportPage.module.css'
import { useFieldLabel } from './use-field-label.ts'

interface ChangesPanelProps {
  readonly request: InspectionRequest
  readonly differences: readonly FieldDifference[]
  readonly mapping: readonly ColumnMapping[]
  readonly options: ImportOptions
  readonly onChange: (policies: ImportOptions['fieldPolicies']) => void
}

const PAGE_ROWS = 50

/** How the file differs from known contacts, the policy of each field, and every contact that would change: old and new. */
export function ChangesPanel({ request, differences, mapping, options, onChange }: ChangesPanelProps) {
  const { t } = useTranslation()
  if (options.duplicates === 'make_new' || differences.length === 0) {
    const isNew = options.duplicates === 'make_new'
    return (
      <EmptyState
        icon={GitCompareArrows}
        title={t(isNew ? 'imports.changesNew' : 'imports.changesNone')}
        says={t(isNew ? 'imports.changesNewSays' : 'imports.changesNoneSays')}
      />
    )
  }
  return (
    <>
      <PolicyTable differences={differences} mapping={mapping} options={options} onChange={onChange} />
      <ChangedContacts request={request} mapping={mapping} />
    </>
  )
}

function PolicyTable({ differences, mapping, options, onChange }: Omit<ChangesPanelProps, 'request'>) {
  const { t } = useTranslation()
  const label = useFieldLabel(mapping)
  const choose = (field: string, value: string | null): void => {
    const policy = FieldPolicy.safeParse(value)
    if (!policy.success) return
    const { [field]: _before, ...others } = options.fieldPolicies
    onChange(policy.data === options.duplicates ? others : { ...others, [field]: policy.data })
  }
  return (
    <Table verticalSpacing={3} mt="sm" maw={720}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('imports.field')}</Table.Th>
          <Table.Th ta="right">{t('imports.diffMissing')}</Table.Th>
          <Table.Th ta="right">{t('imports.diffDifferent')}</Table.Th>
          <Table.Th w={210}>{t('imports.diffPolicy')}</Table.Th>
          <Table.Th ta="right">{t('imports.diffChanges')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {differences.map(({ field, missing, different, changes }) => (
          <Table.Tr key={field}>
            <Table.Td>{label(field)}</Table.Td>
            <Table.Td ta="right">
              <Num value={missing} />
            </Table.Td>
            <Table.Td ta="right">
              <Num value={different} />
            </Table.Td>
            <Table.Td>
              <Select
                aria-label={t('imports.diffPolicyOf', { field: label(field) })}
                allowDeselect={false}
                value={options.fieldPolicies[field] ?? options.duplicates}
                data={FieldPolicy.options.map(policy => ({ value: policy, label: t(`imports.dup_${policy}`) }))}
                onChange={value => choose(field, value)}
              />
            </Table.Td>
            <Table.Td ta="right" fw={changes > 0 ? 600 : 400}>
              <Num value={changes} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function ChangedContacts({ request, mapping }: Pick<ChangesPanelProps, 'request' | 'mapping'>) {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const changes = useAsk(
    'imports.changes',
    api.imports.changes,
    { ...request, offset: (page - 1) * PAGE_ROWS, limit: PAGE_ROWS },
    { keepLast: true, isFixed: true },
  )
  return (
    <Answer to={changes}>
      {({ rows, total, kept }) => {
        const pages = Math.ceil(kept / PAGE_ROWS)
        if (page > Math.max(1, pages)) setPage(1)
        return (
          <>
            <Group justify="space-between" mt="lg" mb="xs">
              <Text fw={500}>{t('imports.changesSays', { count: total })}</Text>
              {pages > 1 ? (
                <Pagination
                  size="sm"
                  total={pages}
                  value={page}
                  onChange={setPage}
                  getControlProps={control => ({ 'aria-label': t(`imports.page_${control}`) })}
                />
              ) : null}
            </Group>
            {total > kept ? (
              <Text fz="xs" c="dimmed" mb="xs">
                {t('imports.changesFirst', { count: kept })}
              </Text>
            ) : null}
            <ChangesTable rows={rows} mapping={mapping} />
          </>
        )
      }}
    </Answer>
  )
}

function ChangesTable({
  rows,
  mapping,
}: {
  readonly rows: readonly ContactChange[]
  readonly mapping: readonly ColumnMapping[]
}) {
  const { t } = useTranslation()
  const label = useFieldLabel(mapping)
  if (rows.length === 0) return null
  return (
    <Table verticalSpacing={3}>
      <Table.Thead className={classes.sticky ?? ''}>
        <Table.Tr>
          <Table.Th ta="right" w={64}>
            {t('imports.line')}
          </Table.Th>
          <Table.Th w={200}>{t('imports.contact')}</Table.Th>
          <Table.Th>{t('imports.change')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(row => (
          <Table.Tr key={row.line} style={{ verticalAlign: 'top' }}>
            <Table.Td className="t-num" c="dimmed">
              {row.line}
            </Table.Td>
            <Table.Td className={`${classes.cell ?? ''} t-cut`}>
              <LinkAnchor to="/contacts/$id" params={{ id: row.contactId }} inherit>
                {row.name}
              </LinkAnchor>
            </Table.Td>
            <Table.Td>
              {row.changes.map(({ field, before, after }) => (
                <div key={field} className={classes.change}>
                  <span className={classes.changeField}>{label(field)}</span>
                  {before ? <del title={before}>{before}</del> : <em>{t('imports.blank')}</em>}
                  <MoveRight size={12} aria-label={t('imports.becomes')} style={{ flexShrink: 0 }} />
                  <ins title={after}>{after}</ins>
                </div>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
