import { Group, Text } from '@mantine/core'
import { CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactId } from '../../../shared/contract/define.ts'
import type { PartOutcome } from '../../../shared/contract/segments.ts'
import type { Rule, RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import { ContactPicker } from './ContactPicker.tsx'
import { conditionWords } from './condition-words.ts'
import { matchOf } from './group-match.ts'
import classes from './LivePanel.module.css'
import type { RuleWords } from './rule-words.ts'
import { seenWords } from './seen-words.ts'

/** Answers for any contact whether the rule finds her, and why, part by part. */
export function CheckTab({ rule, words }: { readonly rule: RuleGroup | null; readonly words: RuleWords }) {
  const { t } = useTranslation()
  const [contactId, setContactId] = useState<string | null>(null)
  return (
    <>
      <ContactPicker label={t('segments.checkWhom')} onChoose={setContactId} />
      {contactId !== null && rule ? <Why rule={rule} contactId={contactId} words={words} /> : null}
      {contactId === null ? (
        <Text c="dimmed" fz="xs" mt="xs">
          {t('segments.checkSays')}
        </Text>
      ) : null}
    </>
  )
}

function Why(props: { readonly rule: RuleGroup; readonly contactId: string; readonly words: RuleWords }) {
  const { t } = useTranslation()
  const answer = useAsk(
    'segments.explain',
    api.segments.explain,
    { which: { kind: 'rule', rule: props.rule }, contactId: ContactId.parse(props.contactId) },
    { keepLast: true },
  )
  if (answer.error) return <ErrorNote error={answer.error} />
  if (!answer.data) return null
  const { contactName, holds, parts } = answer.data
  const outcomes = new Map(parts.map(part => [part.nodeId, part]))
  return (
    <div data-testid="why">
      <Group gap={6} my="sm" wrap="nowrap">
        <Sign holds={holds} />
        <Text fw={600} role="status">
          {t(holds ? 'segments.isIn' : 'segments.isOut', { name: contactName })}
        </Text>
      </Group>
      <ul className={classes.why}>
        {props.rule.rules.map(part => (
          <Reason key={part.id} part={part} outcomes={outcomes} words={props.words} />
        ))}
      </ul>
    </div>
  )
}

interface ReasonProps {
  readonly part: Rule
  readonly outcomes: ReadonlyMap<string, PartOutcome>
  readonly words: RuleWords
}

function Reason({ part, outcomes, words }: ReasonProps) {
  const { t } = words
  const outcome = outcomes.get(part.id)
  const holds = outcome?.holds ?? false
  return (
    <li>
      <div className={classes.reason}>
        <Sign holds={holds} />
        <Text component="span" fz="xs">
          {part.kind === 'group' ? t(`rules.group_${matchOf(part)}`) : conditionWords(part, words)}
          {part.kind !== 'group' && outcome ? (
            <Text component="span" fz="xs" c="dimmed" display="block">
              {t('segments.saw', { what: seenWords(outcome.seen, words) })}
            </Text>
          ) : null}
        </Text>
      </div>
      {part.kind === 'group' ? (
        <ul className={classes.why}>
          {part.rules.map(child => (
            <Reason key={child.id} part={child} outcomes={outcomes} words={words} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function Sign({ holds }: { readonly holds: boolean }) {
  const { t } = useTranslation()
  return holds ? (
    <CircleCheck size={14} color="var(--t-good)" role="img" aria-label={t('segments.holds')} />
  ) : (
    <CircleX size={14} color="var(--t-bad)" role="img" aria-label={t('segments.holdsNot')} />
  )
}
