import { Button, Group, NumberInput, Select, Switch, Text, Title } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LeadRule, ScoreRule } from '../../../shared/contract/scores.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import { IconButton } from './IconButton.tsx'
import { RuleParts } from './RuleParts.tsx'
import classes from './ScoringTab.module.css'

interface ScoreRulesProps {
  readonly rules: readonly ScoreRule[]
  readonly onChange: (rules: ScoreRule[]) => void
}

const KINDS = ['field', 'tag', 'list', 'event'] as const

const NEW_RULE: LeadRule = { kind: 'field', field: 'leadStatus', operator: 'equals', value: '' }

/** The rules of the lead score, each a line that can be changed in place. */
export function ScoreRules({ rules, onChange }: ScoreRulesProps) {
  const { t } = useTranslation()
  const lists = useAsk('lists.all', api.lists.all, {}).data?.lists ?? []
  const tags = useAsk('contacts.facets', api.contacts.facets, {}).data?.tags ?? []
  const begin: Readonly<Record<(typeof KINDS)[number], LeadRule | null>> = {
    field: NEW_RULE,
    tag: { kind: 'tag', tag: tags[0]?.name ?? 'VIP' },
    list: lists[0] ? { kind: 'list', listId: lists[0].id } : null,
    event: { kind: 'event', event: 'clicked', name: '', halfLifeDays: 30, most: 50 },
  }
  const replace = (id: string, part: Partial<ScoreRule>): void =>
    onChange(rules.map(rule => (rule.id === id ? { ...rule, ...part } : rule)))
  const add = (): void => onChange([...rules, { id: nextId(rules), rule: NEW_RULE, points: 10, enabled: true }])
  return (
    <section>
      <Title order={2}>{t('scoring.rules')}</Title>
      <Text c="dimmed" mb="sm">
        {t('scoring.rulesSays')}
      </Text>
      {rules.map(({ id, rule, points, enabled }, index) => (
        <div key={id} className={classes.rule}>
          <Select
            aria-label={t('scoring.kind', { n: index + 1 })}
            allowDeselect={false}
            data={KINDS.map(kind => ({
              value: kind,
              label: t(`scoring.kind_${kind}`),
              disabled: begin[kind] === null,
            }))}
            value={rule.kind}
            onChange={value => {
              const kind = KINDS.find(one => one === value)
              const next = kind && kind !== rule.kind ? begin[kind] : null
              if (next) replace(id, { rule: next })
            }}
          />
          <RuleParts rule={rule} onChange={next => replace(id, { rule: next })} />
          <NumberInput
            aria-label={t('scoring.points')}
            min={-1000}
            max={1000}
            allowDecimal={false}
            prefix={points > 0 ? '+' : ''}
            value={points}
            onChange={value => replace(id, { points: Math.round(Number(value)) || 0 })}
          />
          <Switch
            aria-label={t('scoring.on')}
            mt={4}
            checked={enabled}
            onChange={event => replace(id, { enabled: event.currentTarget.checked })}
          />
          <IconButton
            icon={Trash2}
            label={t('scoring.remove')}
            onClick={() => onChange(rules.filter(one => one.id !== id))}
          />
        </div>
      ))}
      <Group mt="sm">
        <Button size="xs" variant="default" leftSection={<Plus size={14} />} onClick={add}>
          {t('scoring.addRule')}
        </Button>
      </Group>
    </section>
  )
}

function nextId(rules: readonly ScoreRule[]): string {
  const used = new Set(rules.map(({ id }) => id))
  let n = rules.length + 1
  while (used.has(`rule-${n}`)) n += 1
  return `rule-${n}`
}
