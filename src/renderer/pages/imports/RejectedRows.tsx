import { Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { useAsk } from '../../lib/requests.ts'

const SHOWN = 100

/** The rejected rows with line, field and reason. */
export function RejectedRows({ id }: { readonly id: ImportId }) {
  const { t } = useTranslation()
  const rejects = useAsk('imports.rejects', api.imports.rejects, { id, limit: SHOWN })
  return (
    <section>
      <Title order={2}>{t('imports.rejectedRows')}</Title>
      <Text c="dimmed" mb="sm">
        {t('imports.rejectedSays')}
      </Text>
      <Answer to={rejects}>
        {found => (
          <>
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
                {found.rows.map(row => (
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
            {found.total > found.rows.length ? (
              <Text c="dimmed" mt="xs">
                {t('imports.moreRejected', { count: found.total - found.rows.length })}
              </Text>
            ) : null}
          </>
        )}
      </Answer>
    </section>
  )
}
