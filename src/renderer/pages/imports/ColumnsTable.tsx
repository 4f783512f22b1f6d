import { Group, Select, Table, Text, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type ColumnMapping, FieldType, type ImportColumn } from '../../../shared/contract/imports.ts'
import classes from './NewImportPage.module.css'
import { customKey, remap, TARGET_GROUPS } from './targets.ts'

interface ColumnsTableProps {
  readonly columns: readonly ImportColumn[]
  readonly mapping: readonly ColumnMapping[]
  readonly isKnown: boolean
  readonly onChange: (mapping: readonly ColumnMapping[]) => void
}

/** Every column of the file with samples, and what becomes of it. */
export function ColumnsTable({ columns, mapping, isKnown, onChange }: ColumnsTableProps) {
  const { t } = useTranslation()
  const groups = useMemo(
    () =>
      TARGET_GROUPS.map(({ group, targets }) => ({
        group: t(`imports.group_${group}`),
        items: targets.map(target => ({ value: target, label: t(`imports.target_${target}`) })),
      })),
    [t],
  )
  return (
    <Table verticalSpacing={3}>
      <Table.Thead className={classes.sticky ?? ''}>
        <Table.Tr>
          <Table.Th>{t('imports.column')}</Table.Th>
          <Table.Th className={classes.samplesHead ?? ''}>{t('imports.samples')}</Table.Th>
          <Table.Th w={180}>{t('imports.becomes')}</Table.Th>
          <Table.Th>{t('imports.why')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {columns.map(column => {
          const mapped = mapping.find(one => one.column === column.column)
          return mapped ? (
            <ColumnRow
              key={column.column}
              column={column}
              mapped={mapped}
              groups={groups}
              isKnown={isKnown}
              onChange={change => onChange(remap(mapping, column.column, change))}
              keysTaken={mapping.filter(one => one !== mapped).map(one => one.target.replace(/^custom:/, ''))}
            />
          ) : null
        })}
      </Table.Tbody>
    </Table>
  )
}

interface ColumnRowProps {
  readonly column: ImportColumn
  readonly mapped: ColumnMapping
  readonly groups: readonly { readonly group: string; readonly items: { value: string; label: string }[] }[]
  readonly isKnown: boolean
  readonly keysTaken: readonly string[]
  readonly onChange: (change: Partial<ColumnMapping>) => void
}

const NEW_FIELD = 'new'

function ColumnRow({ column, mapped, groups, isKnown, keysTaken, onChange }: ColumnRowProps) {
  const { t } = useTranslation()
  const special = specialTarget(mapped)
  const isCustom = mapped.target.startsWith('custom:')
  const own = special ? [{ value: mapped.target, label: t(special.key, special.values) }] : []
  const data = [
    ...groups,
    { group: t('imports.group_other'), items: [...own, { value: NEW_FIELD, label: t('imports.newField') }] },
  ]
  const merged = mergeLast(data)
  const choose = (value: string | null): void => {
    if (value === null) return
    if (value !== NEW_FIELD) onChange({ target: value, label: '' })
    else
      onChange({
        target: `custom:${customKey(column.name, column.column, keysTaken)}`,
        label: column.name,
        type: column.type,
        ...(column.choices.length > 0 ? { choices: column.choices } : {}),
      })
  }
  const samples = column.samples.slice(0, 3).join(', ') || '–'
  const why = mapped.target === column.suggestion ? column.why : t('imports.chosen')
  return (
    <Table.Tr>
      <Table.Td fw={500} className={`${classes.cell ?? ''} t-cut`} title={column.name}>
        {column.name}
        <div className={`${classes.samplesBelow} t-cut`}>{samples}</div>
      </Table.Td>
      <Table.Td className={`${classes.sample ?? ''} t-cut`} title={column.samples.join('\n')}>
        {samples}
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={t('imports.becomesOf', { column: column.name })}
          data={merged}
          value={mapped.target}
          onChange={choose}
          searchable
          allowDeselect={false}
          maxDropdownHeight={320}
          styles={mapped.target === 'ignore' ? { input: { color: 'var(--mantine-color-dimmed)' } } : {}}
        />
      </Table.Td>
      <Table.Td className={classes.why ?? ''}>
        {isCustom ? (
          <Group gap={4} wrap="nowrap">
            <TextInput
              aria-label={t('imports.labelOf', { column: column.name })}
              value={mapped.label || column.name}
              onChange={event => onChange({ label: event.currentTarget.value.slice(0, 100) })}
              style={{ flex: 1 }}
            />
            <Select
              aria-label={t('imports.typeOf', { column: column.name })}
              w={92}
              allowDeselect={false}
              value={mapped.type}
              data={FieldType.options.map(type => ({ value: type, label: t(`imports.type_${type}`) }))}
              onChange={value => {
                const type = FieldType.safeParse(value)
                if (type.success) onChange({ type: type.data })
              }}
            />
          </Group>
        ) : (
          <Text inherit lineClamp={2}>
            {isKnown ? t('imports.mappingKnown') : why}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function specialTarget(
  mapped: ColumnMapping,
): { readonly key: string; readonly values: Record<string, string> } | null {
  const at = mapped.target.indexOf(':')
  if (at < 0) return null
  const rest = mapped.target.slice(at + 1)
  if (mapped.target.startsWith('custom:'))
    return { key: 'imports.ownField', values: { label: mapped.label || mapped.name || rest } }
  if (mapped.target.startsWith('external:')) return { key: 'imports.externalId', values: { source: rest } }
  return { key: 'imports.socialHandle', values: { network: rest } }
}

interface TargetGroup {
  readonly group: string
  readonly items: { value: string; label: string }[]
}

function mergeLast(groups: readonly TargetGroup[]): TargetGroup[] {
  const last = groups.at(-1)
  const before = groups.at(-2)
  if (!last || !before) return [...groups]
  return [...groups.slice(0, -2), { group: before.group, items: [...before.items, ...last.items] }]
}
