import { Group, Text, UnstyledButton } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleX, Info } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'

const LOOKS = {
  error: [CircleX, 'var(--t-bad)'],
  warning: [CircleAlert, 'var(--t-warn)'],
  info: [Info, 'var(--t-busy)'],
} as const

/** What is wrong in a message, by line and column; a click goes there. */
export function ProblemsPanel(props: {
  readonly problems: readonly TemplateProblem[]
  readonly onJump: (problem: TemplateProblem) => void
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { problems } = props
  if (problems.length === 0) {
    return (
      <Group gap={6} py={4} role="status">
        <CircleCheck size={14} color="var(--t-good)" aria-hidden />
        <Text fz="xs" c="dimmed">
          {t('noProblems')}
        </Text>
      </Group>
    )
  }
  return (
    <section
      aria-label={t('problems')}
      style={{ maxHeight: 128, overflow: 'auto', borderTop: '1px solid var(--t-hairline)' }}
    >
      {problems.map(problem => {
        const [Icon, colour] = LOOKS[problem.severity]
        return (
          <UnstyledButton
            key={`${problem.part}-${problem.line}-${problem.column}-${problem.message}`}
            onClick={() => props.onJump(problem)}
            w="100%"
            py={3}
            style={{ borderBottom: '1px solid var(--t-hairline)' }}
          >
            <Group gap={8} wrap="nowrap" align="flex-start">
              <Icon
                size={14}
                color={colour}
                role="img"
                aria-label={t(`severity_${problem.severity}`)}
                style={{ flex: 'none', marginTop: 2 }}
              />
              <Text fz="xs" flex={1}>
                {problem.message}
              </Text>
              <Text fz="xs" c="dimmed" className="t-num" style={{ whiteSpace: 'nowrap' }}>
                {t('place', { part: t(`part_${problem.part}`), line: problem.line, column: problem.column })}
              </Text>
            </Group>
          </UnstyledButton>
        )
      })}
    </section>
  )
}
