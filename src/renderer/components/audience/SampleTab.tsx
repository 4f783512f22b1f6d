import { Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartOutcome } from '../../../shared/contract/segments.ts'
import { conditionsOf, type RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import { useSlow } from '../../lib/use-slow.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import { LinkAnchor } from '../links.tsx'
import { subjectWords } from './condition-words.ts'
import classes from './LivePanel.module.css'
import type { RuleWords } from './rule-words.ts'
import { seenWords } from './seen-words.ts'

const SAMPLE = 10
const MOST_REASONS = 4

interface SampleTabProps {
  readonly rule: RuleGroup | null
  readonly words: RuleWords
  readonly isStale: boolean
}

/** Ten people whom the rule finds, each with what was seen in them. */
export function SampleTab({ rule, words, isStale }: SampleTabProps) {
  const { t } = useTranslation()
  // While a change is being counted the people of the rule before are shown, with its reasons.
  const [answered, setAnswered] = useState(rule)
  if (rule !== null && rule !== answered) setAnswered(rule)
  const sample = useAsk(
    'segments.sample',
    api.segments.sample,
    { rule: rule ?? EMPTY, limit: SAMPLE },
    { enabled: rule !== null, keepLast: true },
  )
  const isSlow = useSlow(sample.isPending, 300)
  if (sample.error) return <ErrorNote error={sample.error} />
  if (!sample.data) return isSlow && rule ? <Waiting /> : null
  if (sample.data.people.length === 0) return <Text c="dimmed">{t('segments.sampleEmpty')}</Text>
  return (
    <ul
      className={`${classes.people} ${isStale || sample.isPlaceholderData ? classes.faded : ''}`}
      aria-label={t('segments.sample')}
    >
      {sample.data.people.map(person => (
        <li key={person.id} className={classes.person}>
          <div className={classes.who}>
            <LinkAnchor to="/contacts/$id" params={{ id: person.id }} inherit fw={500} c="inherit">
              {person.name}
            </LinkAnchor>
            <Text span fz="xs" c="dimmed" className="t-cut">
              {person.email ?? person.phone ?? ''}
            </Text>
          </div>
          <Text fz="xs" c="dimmed" lineClamp={2}>
            {answered ? reasons(answered, person.parts, words) : ''}
          </Text>
        </li>
      ))}
    </ul>
  )
}

const EMPTY: RuleGroup = { kind: 'group', id: 'root', match: 'all', negated: false, rules: [] }

/** What was seen in a person for the first few conditions that hold: "City: Rome · Orders: 4". */
export function reasons(rule: RuleGroup, parts: readonly PartOutcome[], words: RuleWords): string {
  const outcomes = new Map(parts.map(part => [part.nodeId, part]))
  return conditionsOf(rule)
    .flatMap(condition => {
      const outcome = outcomes.get(condition.id)
      // What somebody does not have explains little beside what she has.
      if (!outcome?.holds || outcome.seen.kind === 'nothing') return []
      return [`${subjectWords(condition, words)}: ${seenWords(outcome.seen, words)}`]
    })
    .slice(0, MOST_REASONS)
    .join(' · ')
}

function Waiting() {
  return (
    <Stack gap="sm" aria-hidden>
      <Skeleton h={12} w="60%" />
      <Skeleton h={12} w="80%" />
      <Skeleton h={12} w="50%" />
    </Stack>
  )
}
