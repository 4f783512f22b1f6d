import { NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ListId } from '../../../shared/contract/define.ts'
import { LeadField, type LeadRule } from '../../../shared/contract/scores.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import classes from './ScoringTab.module.css'

interface PartsProps<R extends LeadRule> {
  readonly rule: R
  readonly onChange: (rule: LeadRule) => void
}

type RuleOf<K extends LeadRule['kind']> = Extract<LeadRule, { readonly kind: K }>

/** What a rule of the lead score asks, as inputs. */
export function RuleParts({ rule, onChange }: PartsProps<LeadRule>) {
  switch (rule.kind) {
    case 'field':
      return <FieldParts rule={rule} onChange={onChange} />
    case 'tag':
      return <TagParts rule={rule} onChange={onChange} />
    case 'list':
      return <ListParts rule={rule} onChange={onChange} />
    case 'event':
      return <EventParts rule={rule} onChange={onChange} />
  }
}

const OPERATORS = ['equals', 'not_equals', 'contains', 'is_empty', 'is_not_empty'] as const

function FieldParts({ rule, onChange }: PartsProps<RuleOf<'field'>>) {
  const { t } = useTranslation()
  const own = useAsk('contacts.facets', api.contacts.facets, {}).data?.fields ?? []
  const fields = [
    ...LeadField.options.map(field => ({ value: field, label: t(`scoring.field_${field}`) })),
    ...own.map(({ key, label }) => ({ value: `custom:${key}`, label })),
  ]
  const isKnown = fields.some(({ value }) => value === rule.field)
  return (
    <div className={classes.parts}>
      <Select
        aria-label={t('scoring.field')}
        w={130}
        searchable
        allowDeselect={false}
        data={isKnown ? fields : [...fields, { value: rule.field, label: rule.field.replace(/^custom:/, '') }]}
        value={rule.field}
        onChange={field => field && onChange({ ...rule, field })}
      />
      <Select
        aria-label={t('scoring.operator')}
        w={108}
        allowDeselect={false}
        data={OPERATORS.map(operator => ({ value: operator, label: t(`scoring.op_${operator}`) }))}
        value={rule.operator}
        onChange={value => {
          const operator = OPERATORS.find(one => one === value)
          if (operator) onChange({ ...rule, operator })
        }}
      />
      {rule.operator === 'is_empty' || rule.operator === 'is_not_empty' ? null : (
        <TextInput
          aria-label={t('scoring.valueLabel')}
          w={140}
          maxLength={300}
          value={rule.value}
          onChange={event => onChange({ ...rule, value: event.currentTarget.value })}
        />
      )}
    </div>
  )
}

function TagParts({ rule, onChange }: PartsProps<RuleOf<'tag'>>) {
  const { t } = useTranslation()
  const tags = useAsk('contacts.facets', api.contacts.facets, {}).data?.tags ?? []
  const names = [...new Set([...tags.map(tag => tag.name), rule.tag])]
  return (
    <Select
      aria-label={t('scoring.kind_tag')}
      w={280}
      searchable
      allowDeselect={false}
      limit={60}
      data={names}
      value={rule.tag}
      onChange={tag => tag && onChange({ ...rule, tag })}
    />
  )
}

function ListParts({ rule, onChange }: PartsProps<RuleOf<'list'>>) {
  const { t } = useTranslation()
  const lists = useAsk('lists.all', api.lists.all, {}).data?.lists ?? []
  return (
    <Select
      aria-label={t('scoring.kind_list')}
      w={280}
      searchable
      allowDeselect={false}
      limit={60}
      data={lists.map(({ id, name }) => ({ value: id, label: name }))}
      value={rule.listId}
      onChange={id => {
        const listId = ListId.safeParse(id)
        if (listId.success) onChange({ ...rule, listId: listId.data })
      }}
    />
  )
}

const EVENTS = ['opened', 'clicked', 'replied', 'purchased', 'custom', 'bounced', 'unsubscribed', 'complained'] as const

function EventParts({ rule, onChange }: PartsProps<RuleOf<'event'>>) {
  const { t } = useTranslation()
  return (
    <div className={classes.parts}>
      <Select
        aria-label={t('scoring.event')}
        w={152}
        allowDeselect={false}
        data={EVENTS.map(event => ({ value: event, label: t(`scoring.event_${event}`) }))}
        value={rule.event}
        onChange={value => {
          const event = EVENTS.find(one => one === value)
          if (event) onChange({ ...rule, event, name: '' })
        }}
      />
      {rule.event === 'custom' ? (
        <TextInput
          aria-label={t('scoring.eventName')}
          placeholder={t('scoring.anyEvent')}
          w={140}
          maxLength={100}
          value={rule.name}
          onChange={event => onChange({ ...rule, name: event.currentTarget.value })}
        />
      ) : null}
      <NumberInput
        aria-label={t('scoring.most')}
        prefix={`${t('scoring.most')} `}
        w={104}
        min={1}
        max={1000}
        allowDecimal={false}
        value={rule.most}
        onChange={value => onChange({ ...rule, most: Math.max(1, Math.round(Number(value)) || 1) })}
      />
      <NumberInput
        aria-label={t('scoring.halfLife')}
        placeholder={t('scoring.never')}
        prefix={`${t('scoring.halvesIn')} `}
        suffix={` ${t('scoring.days')}`}
        w={142}
        min={1}
        max={3650}
        allowDecimal={false}
        value={rule.halfLifeDays ?? ''}
        onChange={value => onChange({ ...rule, halfLifeDays: Math.round(Number(value)) || null })}
      />
    </div>
  )
}
