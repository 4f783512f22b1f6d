import { Table, Text, Tooltip } from '@mantine/core'
import { CircleCheck, CircleX, MoveRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ColumnMapping, Inspection } from '../../../shared/contract/imports.ts'
import classes from './NewImportPage.module.css'
import { useFieldLabel } from './use-field-label.ts'

/** The first rows as they will be stored; rejected ones are marked with the reason. */
export function PreviewTable({
  found,
  mapping,
}: {
  readonly found: Inspection
  readonly mapping: readonly ColumnMapping[]
}) {
  const { t } = useTranslation()
  const fields = fieldsOf(mapping, found.preview)
  const label = useFieldLabel(mapping)
  return (
    <>
      <Text c="dimmed" my="sm">
        {t('imports.previewSays', { count: found.preview.length })}
      </Text>
      <Table verticalSpacing={4} w="max-content" miw="100%">
        <Table.Thead className={classes.sticky ?? ''}>
          <Table.Tr>
            <Table.Th ta="right">{t('imports.line')}</Table.Th>
            <Table.Th w={24} aria-label={t('imports.state')} />
            {fields.map(field => (
              <Table.Th key={field}>{label(field)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.preview.map(row => (
            <Table.Tr key={row.line} className={row.fault ? (classes.rejected ?? '') : ''}>
              <Table.Td className="t-num" c="dimmed">
                {row.line}
              </Table.Td>
              <Table.Td>
                <Tooltip label={row.fault ? t('imports.fault', { fault: row.fault }) : t('imports.accepted')}>
                  {row.fault ? (
                    <CircleX
                      size={14}
                      display="block"
                      color="var(--t-bad)"
                      aria-label={t('imports.fault', { fault: row.fault })}
                    />
                  ) : (
                    <CircleCheck size={14} display="block" color="var(--t-good)" aria-label={t('imports.accepted')} />
                  )}
                </Tooltip>
              </Table.Td>
              {row.fault ? (
                <Table.Td colSpan={fields.length}>
                  <span className={classes.fault}>{row.fault}</span>{' '}
                  <Text component="span" c="dimmed" fz="xs">
                    {row.cells.filter(cell => cell !== '').join(' · ')}
                  </Text>
                </Table.Td>
              ) : (
                fields.map(field => (
                  <PreviewCell
                    key={field}
                    written={writtenIn(mapping, field, row.cells)}
                    understood={row.contact[field] ?? ''}
                  />
                ))
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  )
}

/** A value as it will be stored; where the file writes it in another way, that stands before it. */
function PreviewCell({ written, understood }: { readonly written: string; readonly understood: string }) {
  const { t } = useTranslation()
  const isSame = written === '' || written === understood || (understood === '' && written === '')
  return (
    <Table.Td
      className={`${classes.cell ?? ''} t-cut`}
      title={isSame ? understood : t('imports.understood', { written, understood: understood || t('imports.leftOut') })}
    >
      {isSame ? null : (
        <>
          <span className={classes.written}>{written}</span>{' '}
          <MoveRight size={11} aria-hidden style={{ verticalAlign: '-1px' }} />{' '}
        </>
      )}
      {understood === '' && !isSame ? <em>{t('imports.leftOut')}</em> : understood}
    </Table.Td>
  )
}

const SEVERAL_VALUES = new Set(['tags', 'note'])

// Only a field that comes from one column can be compared with what is written there.
function writtenIn(mapping: readonly ColumnMapping[], field: string, cells: readonly string[]): string {
  const columns = mapping.filter(one => one.target === field)
  const [only] = columns
  return only === undefined || columns.length > 1 || SEVERAL_VALUES.has(field) ? '' : (cells[only.column] ?? '').trim()
}

// A full name is stored as first and last name, so the fields of the rows themselves count too.
function fieldsOf(mapping: readonly ColumnMapping[], rows: Inspection['preview']): readonly string[] {
  const stored = new Set(rows.flatMap(row => Object.keys(row.contact)))
  const inOrder = mapping
    .flatMap(one => (one.target === 'fullName' ? ['firstName', 'lastName'] : [one.target]))
    .filter(target => target !== 'ignore')
  return [...new Set([...inOrder, ...stored])].filter(field => stored.has(field))
}
