import { Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface RejectedTableProps {
  readonly rows: readonly {
    readonly line: number
    readonly field: string
    readonly reason: string
    readonly cells: readonly string[]
  }[]
  /** How many there are; the first ones are shown. */
  readonly total: number
}

/** The rejected rows of an import with line, field and reason. */
export function RejectedTable({ rows, total }: RejectedTableProps) {
  const { t } = useTranslation()
  return (
    <section>
      <Title order={2}>{t('imports.rejectedRows')}</Title>
      <Text c="dimmed" mb="sm">
        {t('imports.rejectedSays')}
      </Text>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right" w={60}>
              {t('imports.line')}
            </Table.Th>
            <Table.Th w={120}>{t('imports.field')}</Table.Th>
            <Table.Th w={320}>{t('imports.reason')}</Table.Th>
            <Table.Th>{t('imports.content')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={row.line}>
              <Table.Td className="t-num">{row.line}</Table.Td>
              <Table.Td>{row.field}</Table.Td>
              <Table.Td>{row.reason}</Table.Td>
              <Table.Td c="dimmed" className="t-cut" maw={0} title={row.cells.join(' · ')}>
                {row.cells.filter(cell => cell !== '').join(' · ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {total > rows.length ? (
        <Text c="dimmed" mt="xs">
          {t('imports.moreRejected', { count: total - rows.length })}
        </Text>
      ) : null}
    </section>
  )
}
