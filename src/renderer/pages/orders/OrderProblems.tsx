import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrderProblem } from '../../../shared/contract/purchases.ts'
import { Num } from '../../components/Figures.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'

/** What is wrong in the rows, in groups with examples. */
export function OrderProblems({ problems }: { readonly problems: readonly OrderProblem[] }) {
  const { t } = useTranslation()
  if (problems.length === 0) return <Text mt="md">{t('orders.noProblems')}</Text>
  return (
    <Stack gap="md" mt="md">
      {problems.map(problem => (
        <div key={problem.kind}>
          <Group gap="sm">
            <StatusBadge
              status={problem.severity === 'rejects_row' ? 'rejected' : 'warning'}
              {...(problem.severity === 'rejects_row' ? { word: t('orders.rejected') } : {})}
            />
            <Text fw={500}>{problem.title}</Text>
            <Num value={problem.count} />
          </Group>
          {problem.examples.map(({ line, value }) => (
            <Text key={line} fz="sm" c="dimmed" className="t-cut">
              {t('orders.line')} {line}: {value || '–'}
            </Text>
          ))}
        </div>
      ))}
    </Stack>
  )
}
