import { Badge, Group, Stack, Text } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleX, Info } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportProblem } from '../../../shared/contract/import-checks.ts'
import { EmptyState } from '../../components/EmptyState.tsx'

const SIGNS = {
  rejects_row: [CircleX, 'var(--t-bad)'],
  drops_value: [CircleAlert, 'var(--t-warn)'],
  warning: [Info, 'var(--t-busy)'],
  corrected: [CircleCheck, 'var(--t-good)'],
} as const

/** What is wrong in the file, grouped, with how often and where. */
export function ProblemList({ problems }: { readonly problems: readonly ImportProblem[] }) {
  const { t } = useTranslation()
  if (problems.length === 0) {
    return <EmptyState icon={CircleCheck} title={t('imports.noProblems')} says={t('imports.noProblemsSays')} />
  }
  return (
    <Stack gap={0} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {problems.map(problem => {
        const [Icon, colour] = SIGNS[problem.severity]
        return (
          <Group
            component="li"
            key={`${problem.kind} ${problem.title}`}
            align="flex-start"
            wrap="nowrap"
            gap="sm"
            py="sm"
            style={{ borderBottom: '1px solid var(--t-hairline)' }}
          >
            <Icon size={16} color={colour} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text fw={500}>{problem.title}</Text>
              <Text fz="xs" c="dimmed">
                {t(problem.kind === 'repeated_in_file' ? 'imports.repeatedSays' : `imports.${problem.severity}`)}
              </Text>
              <Group gap="xs" mt={4}>
                {problem.examples.map(example => (
                  <Badge
                    key={`${example.line} ${example.value}`}
                    variant="default"
                    radius="sm"
                    tt="none"
                    fw={400}
                    maw={360}
                    title={example.value}
                  >
                    <Text component="span" inherit c="dimmed">
                      {t('imports.exampleLine', { line: example.line })}
                    </Text>{' '}
                    {example.value}
                  </Badge>
                ))}
              </Group>
            </div>
            <Text className="t-num" fw={500} style={{ whiteSpace: 'nowrap' }}>
              {t('imports.rowCount', { count: problem.count })}
            </Text>
          </Group>
        )
      })}
    </Stack>
  )
}
