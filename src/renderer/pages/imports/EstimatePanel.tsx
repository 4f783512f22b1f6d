import { Progress, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Inspection, InspectionRequest } from '../../../shared/contract/imports.ts'
import { Num } from '../../components/Figures.tsx'
import { WholeCheckButton } from './WholeCheckButton.tsx'

const PARTS = [
  ['created', 'var(--t-accent)'],
  ['updated', 'var(--t-busy)'],
  ['unchanged', 'var(--t-good)'],
  ['duplicates', 'var(--t-quiet)'],
  ['rejected', 'var(--t-bad)'],
] as const

/** How many rows become what; the parts add up to the rows. */
export function EstimatePanel({ found, request }: { readonly found: Inspection; readonly request: InspectionRequest }) {
  const { t } = useTranslation()
  const rows = Math.max(1, found.rows)
  return (
    <section>
      <Title order={2} mb="sm">
        {t('imports.willHappen')}
      </Title>
      <Progress.Root size={6} radius="xl" mb="xs" aria-hidden>
        {PARTS.map(([part, colour]) => (
          <Progress.Section key={part} value={(found.estimate[part] / rows) * 100} color={colour} />
        ))}
      </Progress.Root>
      <Table verticalSpacing={3} horizontalSpacing={0} withRowBorders={false}>
        <Table.Tbody>
          {PARTS.map(([part, colour]) => (
            <Table.Tr key={part}>
              <Table.Td>
                <span
                  aria-hidden
                  style={{
                    display: 'inline-block',
                    width: 8,
                    height: 8,
                    borderRadius: 4,
                    marginRight: 8,
                    background: colour,
                  }}
                />
                {t(`imports.est_${part}`)}
              </Table.Td>
              <Table.Td ta="right">
                <Num value={found.estimate[part]} />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr style={{ borderTop: '1px solid var(--t-hairline)' }} fw={600}>
            <Table.Td>{t('imports.est_total')}</Table.Td>
            <Table.Td ta="right">
              <Num value={found.rows} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      {found.complete ? null : (
        <>
          <Text fz="xs" c="dimmed" mt="xs">
            {t('imports.estimateFirst', { count: found.rows })}
          </Text>
          <WholeCheckButton key={JSON.stringify(request)} request={request} />
        </>
      )}
    </section>
  )
}
