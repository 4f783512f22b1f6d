import { Button, Group, Stack, Text } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleX, Info, MoveRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportFix, ImportProblem } from '../../../shared/contract/import-checks.ts'
import type { ImportOptions } from '../../../shared/contract/imports.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Num } from '../../components/Figures.tsx'
import classes from './NewImportPage.module.css'

const SIGNS = {
  rejects_row: [CircleX, 'var(--t-bad)'],
  drops_value: [CircleAlert, 'var(--t-warn)'],
  warning: [Info, 'var(--t-busy)'],
  corrected: [CircleCheck, 'var(--t-good)'],
} as const

// Of two ways to treat the same rows only one can be chosen.
const INSTEAD: Partial<Record<ImportFix, ImportFix>> = {
  skip_role: 'tag_role',
  tag_role: 'skip_role',
  skip_disposable: 'tag_disposable',
  tag_disposable: 'skip_disposable',
}

type Corrections = Pick<ImportOptions, 'fixes' | 'keptDomains'>

interface ProblemListProps {
  readonly problems: readonly ImportProblem[]
  readonly chosen: Corrections
  readonly onChange: (corrections: Corrections) => void
}

/** What is wrong in the file, grouped, with how often and where, and what one click does about it. */
export function ProblemList({ problems, chosen, onChange }: ProblemListProps) {
  const { t } = useTranslation()
  if (problems.length === 0) {
    return <EmptyState icon={CircleCheck} title={t('imports.noProblems')} says={t('imports.noProblemsSays')} />
  }
  const { fixes, keptDomains } = chosen
  const withFix = (fix: ImportFix): ImportFix[] => [...fixes.filter(one => one !== INSTEAD[fix] && one !== fix), fix]
  const keptFor = (fix: ImportFix): string[] => (fix === 'typo_domain' ? [] : keptDomains)
  /** Corrects one of several domains; the first that is chosen leaves the others as they are. */
  const choosePart = (part: string, others: readonly string[]): void => {
    const kept = fixes.includes('typo_domain') ? keptDomains : others
    onChange({ fixes: withFix('typo_domain'), keptDomains: kept.filter(one => one !== part) })
  }
  return (
    <Stack gap={0} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {problems.map(problem => (
        <Problem
          key={`${problem.kind} ${problem.severity} ${problem.applied}`}
          problem={problem}
          onChoose={fix => onChange({ fixes: withFix(fix), keptDomains: keptFor(fix) })}
          onTakeBack={fix => onChange({ fixes: fixes.filter(one => one !== fix), keptDomains: keptFor(fix) })}
          onChoosePart={choosePart}
          onKeepPart={part => onChange({ fixes, keptDomains: [...keptDomains, part] })}
        />
      ))}
    </Stack>
  )
}

interface ProblemProps {
  readonly problem: ImportProblem
  readonly onChoose: (fix: ImportFix) => void
  readonly onTakeBack: (fix: ImportFix) => void
  readonly onChoosePart: (part: string, others: readonly string[]) => void
  readonly onKeepPart: (part: string) => void
}

function Problem({ problem, onChoose, onTakeBack, onChoosePart, onKeepPart }: ProblemProps) {
  const { t } = useTranslation()
  const { kind, severity, title, count, applied, examples } = problem
  const [Icon, colour] = SIGNS[severity]
  const says =
    kind === 'repeated_in_file' ? 'repeatedSays' : severity === 'corrected' && applied === null ? 'cleaned' : severity
  return (
    <li className={classes.problem}>
      <Icon size={16} color={colour} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={500}>
          {title}{' '}
          <Text component="span" inherit c="dimmed" fw={400} className="t-num">
            {t('imports.rowCount', { count })}
          </Text>
        </Text>
        <Text fz="xs" c="dimmed">
          {t(`imports.${says}`)}
        </Text>
        <Stack gap={2} mt={4}>
          {examples.map(example => (
            <Example key={`${example.line} ${example.value}`} {...example} />
          ))}
        </Stack>
        {problem.parts.length > 0 ? <Parts problem={problem} onChoose={onChoosePart} onKeep={onKeepPart} /> : null}
      </div>
      <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
        {problem.fixes.map(fix => (
          <Button key={fix} variant="light" size="compact-sm" onClick={() => onChoose(fix)}>
            {t(`imports.fix_${fix}`)}
          </Button>
        ))}
        {applied ? (
          <Button variant="subtle" size="compact-sm" onClick={() => onTakeBack(applied)}>
            {t('imports.fixUndo')}
          </Button>
        ) : null}
      </Group>
    </li>
  )
}

interface PartsProps {
  readonly problem: ImportProblem
  readonly onChoose: ProblemProps['onChoosePart']
  readonly onKeep: ProblemProps['onKeepPart']
}

/** The different values of a group, each with its own choice. */
function Parts({ problem: { parts, applied }, onChoose, onKeep }: PartsProps) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" mt={6}>
      {parts.map(({ value, becomes, count }) => (
        <Button
          key={value}
          variant="default"
          size="compact-xs"
          rightSection={<Num value={count} />}
          onClick={() =>
            applied
              ? onKeep(value)
              : onChoose(
                  value,
                  parts.map(part => part.value).filter(other => other !== value),
                )
          }
        >
          {t(applied ? 'imports.partKeep' : 'imports.partCorrect', { value, becomes })}
        </Button>
      ))}
    </Group>
  )
}

function Example({ line, value, becomes }: ImportProblem['examples'][number]) {
  const { t } = useTranslation()
  return (
    <Group gap={6} wrap="nowrap" fz="xs">
      <Text component="span" inherit c="dimmed" w={72} className="t-num" style={{ flexShrink: 0 }}>
        {t('imports.exampleLine', { line })}
      </Text>
      <Text component="span" inherit className="t-cut" title={value}>
        {value}
      </Text>
      {becomes ? (
        <>
          <MoveRight size={12} aria-label={t('imports.becomes')} style={{ flexShrink: 0 }} />
          <Text component="span" inherit fw={500} className="t-cut" title={becomes}>
            {becomes}
          </Text>
        </>
      ) : null}
    </Group>
  )
}
