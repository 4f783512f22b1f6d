import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportRun } from '../../../shared/contract/imports.ts'
import { Num } from '../../components/Figures.tsx'

const PARTS = ['created', 'updated', 'unchanged', 'duplicates', 'rejected'] as const

/** What became of the rows; the parts add up to the last line. */
export function ResultTable({ run, isUnderWay }: { readonly run: ImportRun; readonly isUnderWay?: boolean }) {
  const { t } = useTranslation()
  const sum = PARTS.reduce((all, part) => all + run[part], 0)
  return (
    <Table verticalSpacing={5} maw={360} aria-label={t('imports.runTitle', { file: run.fileName })}>
      <Table.Tbody>
        {PARTS.map(part => (
          <Table.Tr key={part}>
            <Table.Td>{t(`imports.res_${part}`)}</Table.Td>
            <Table.Td ta="right">
              <Num value={run[part]} />
            </Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr fw={600}>
          <Table.Td>{t(isUnderWay ? 'imports.res_rowsSoFar' : 'imports.res_rows')}</Table.Td>
          <Table.Td ta="right">
            <Num value={sum} />
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  )
}
