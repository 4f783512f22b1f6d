import { Table, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Num, Time } from '../Figures.tsx'
import { type Status, StatusBadge } from '../StatusBadge.tsx'

/** What every import has, whatever it brings. */
interface Run {
  readonly id: string
  readonly fileName: string
  readonly state: Status
  readonly createdAt: number
}

interface ImportHistoryProps<R extends Run> {
  readonly title: string
  /** Said when there are none. */
  readonly empty: string
  readonly runs: readonly R[]
  readonly link: (run: R) => ReactNode
  /** Words beside the state, such as the list that people came on. */
  readonly words?: readonly { readonly label: string; readonly of: (run: R) => string }[]
  readonly figures: readonly { readonly label: string; readonly of: (run: R) => number }[]
}

/** Earlier imports, newest first, with what became of them. */
export function ImportHistory<R extends Run>(props: ImportHistoryProps<R>) {
  const { title, empty, runs, link, words = [], figures } = props
  const { t } = useTranslation()
  return (
    <section>
      <Title order={2} mt="xl" mb="sm">
        {title}
      </Title>
      {runs.length === 0 ? (
        <Text c="dimmed">{empty}</Text>
      ) : (
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('imports.file')}</Table.Th>
              <Table.Th>{t('imports.state')}</Table.Th>
              <Table.Th>{t('imports.when')}</Table.Th>
              {words.map(({ label }) => (
                <Table.Th key={label}>{label}</Table.Th>
              ))}
              {figures.map(({ label }) => (
                <Table.Th key={label} ta="right">
                  {label}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map(run => (
              <Table.Tr key={run.id}>
                <Table.Td>{link(run)}</Table.Td>
                <Table.Td>
                  <StatusBadge status={run.state} />
                </Table.Td>
                <Table.Td>
                  <Time at={run.createdAt} />
                </Table.Td>
                {words.map(({ label, of }) => (
                  <Table.Td key={label}>{of(run)}</Table.Td>
                ))}
                {figures.map(({ label, of }) => (
                  <Table.Td key={label} ta="right">
                    <Num value={of(run)} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  )
}
