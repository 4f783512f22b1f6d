import { Button } from '@mantine/core'
import { Group as GroupIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Condition, RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { DEEPEST_RULE } from '../../../shared/domain/segment-rule.ts'
import { AddCondition } from './AddCondition.tsx'
import { useBuilder } from './builder-context.ts'
import { rowWords } from './condition-words.ts'
import { ConditionValue } from './editors/ConditionValue.tsx'
import { GROUP_MATCHES, matchOf, withMatch } from './group-match.ts'
import { InlineSelect } from './InlineSelect.tsx'
import classes from './RuleBuilder.module.css'
import { RuleLine } from './RuleLine.tsx'
import type { Place } from './rule-tree.ts'

/** The parts of a group, one under the other, and the way to add more. */
export function GroupParts({ group, depth }: { readonly group: RuleGroup; readonly depth: number }) {
  const { t } = useTranslation()
  const builder = useBuilder()
  const match = matchOf(group)
  const joint = t(match === 'all' || match === 'notAll' ? 'rules.and' : 'rules.or')
  const called = t(`rules.group_${match}`)
  return (
    <>
      <ul className={classes.parts} aria-label={called}>
        {group.rules.map((part, index) => {
          const place = { groupId: group.id, index }
          const word = index === 0 ? '' : joint
          return (
            <li key={part.id}>
              {part.kind === 'group' ? (
                <InnerGroup group={part} place={place} joint={word} depth={depth + 1} />
              ) : (
                <ConditionLine condition={part} place={place} joint={word} />
              )}
            </li>
          )
        })}
      </ul>
      {builder.isReadOnly ? null : (
        <div className={classes.add}>
          <AddCondition
            entries={builder.catalogue.entries}
            to={called}
            isPrimary={depth === 1 && group.rules.length === 0}
            onAdd={make => builder.add(group.id, make)}
          />
          {depth < DEEPEST_RULE ? (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              c="dimmed"
              leftSection={<GroupIcon size={13} aria-hidden />}
              aria-label={t('segments.addGroupTo', { group: called })}
              onClick={() =>
                builder.add(group.id, id => ({
                  kind: 'group',
                  id,
                  match: otherMatch(group),
                  negated: false,
                  rules: [],
                }))
              }
            >
              {t('segments.addGroup')}
            </Button>
          ) : null}
        </div>
      )}
    </>
  )
}

/** How the parts of a group go together, as a choice inside a sentence. */
export function MatchChoice({ group }: { readonly group: RuleGroup }) {
  const { t } = useTranslation()
  const builder = useBuilder()
  return (
    <InlineSelect
      label={t('segments.match')}
      value={matchOf(group)}
      options={GROUP_MATCHES.map(value => ({ value, label: t(`rules.group_${value}`) }))}
      isDisabled={builder.isReadOnly}
      onChange={match => builder.replace(withMatch(group, match))}
    />
  )
}

// Inside "all of", a group is wanted for "any of", and the other way round.
function otherMatch(group: RuleGroup): 'all' | 'any' {
  return group.match === 'all' ? 'any' : 'all'
}

function InnerGroup(props: {
  readonly group: RuleGroup
  readonly place: Place
  readonly joint: string
  readonly depth: number
}) {
  const { t } = useTranslation()
  return (
    <>
      <RuleLine part={props.group} place={props.place} joint={props.joint}>
        <MatchChoice group={props.group} />
        <span className={classes.word}>{t('segments.these')}</span>
      </RuleLine>
      <div className={classes.inner}>
        <GroupParts group={props.group} depth={props.depth} />
      </div>
    </>
  )
}

function ConditionLine(props: { readonly condition: Condition; readonly place: Place; readonly joint: string }) {
  const { t } = useTranslation()
  const builder = useBuilder()
  const { condition } = props
  const label = rowWords(condition, builder.catalogue.words)
  return (
    <RuleLine part={condition} place={props.place} joint={props.joint}>
      {condition.negated ? (
        <button
          type="button"
          className={classes.not}
          aria-label={t('segments.affirm')}
          disabled={builder.isReadOnly}
          onClick={() => builder.replace({ ...condition, negated: false })}
        >
          {t('segments.not')}
        </button>
      ) : null}
      <span className={classes.subject}>{label}</span>
      <ConditionValue
        condition={condition}
        label={label}
        isDisabled={builder.isReadOnly}
        onChange={next => builder.replace(next)}
      />
    </RuleLine>
  )
}
