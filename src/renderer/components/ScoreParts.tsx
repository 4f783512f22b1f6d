import { Badge, Group, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ContactScores, LeadRule } from '../../shared/contract/scores.ts'
import { useFormats } from '../lib/use-formats.ts'
import { Time } from './Figures.tsx'

const TIER_COLOURS = { hot: 'red', warm: 'orange', cool: 'blue', cold: 'gray' } as const

/** A contact's scores, and under each the events and rules that it is made of. */
export function ScoreParts({ scores }: { readonly scores: ContactScores }) {
  const { t } = useTranslation()
  const { engagement, lead } = scores
  return (
    <>
      <Group gap="xs" mb={4}>
        <Text fw={600}>{t('scoring.engagement')}</Text>
        <Text style={{ fontVariantNumeric: 'tabular-nums' }}>
          {t('scoring.ofHundred', { score: Math.round(engagement.score) })}
        </Text>
        <Badge variant="light" tt="none" color={TIER_COLOURS[engagement.tier]}>
          {t(`scoring.tier_${engagement.tier}`)}
        </Badge>
        {engagement.lastAt === null ? null : (
          <Text fz="sm" c="dimmed">
            {t('scoring.lastActive')} <Time at={engagement.lastAt} />
          </Text>
        )}
      </Group>
      {engagement.parts.length === 0 ? (
        <Text c="dimmed" mb="sm">
          {t('scoring.noEvents')}
        </Text>
      ) : (
        <Table verticalSpacing={2} mb="sm" aria-label={t('scoring.engagement')}>
          <Table.Tbody>
            {engagement.parts.map(part => (
              <Table.Tr key={part.what}>
                <Table.Td>{t(`scoring.what_${part.what}`)}</Table.Td>
                <Table.Td c="dimmed">
                  {part.counted === part.events
                    ? t('scoring.times', { count: part.events })
                    : t('scoring.timesCounted', { events: part.events, counted: part.counted })}
                </Table.Td>
                <Points value={part.points} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group gap="xs" mb={4}>
        <Text fw={600}>{t('scoring.lead')}</Text>
        <Text style={{ fontVariantNumeric: 'tabular-nums' }}>{lead.score}</Text>
        {lead.level === null ? null : (
          <Badge variant="light" tt="none">
            {lead.level}
          </Badge>
        )}
      </Group>
      {lead.parts.length === 0 ? (
        <Text c="dimmed">{t('scoring.noneFits')}</Text>
      ) : (
        <Table verticalSpacing={2} aria-label={t('scoring.lead')}>
          <Table.Tbody>
            {lead.parts.map(part => (
              <Table.Tr key={part.ruleId}>
                <Table.Td>
                  <RuleWords rule={part.rule} />
                </Table.Td>
                <Points value={part.points} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  )
}

function Points({ value }: { readonly value: number }) {
  const formats = useFormats()
  const shown = formats.number(Math.round(value))
  const exact = Math.abs(value) < 10 && !Number.isInteger(value) ? value.toFixed(1) : shown
  return (
    <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {value > 0 ? `+${exact}` : exact.replace('-', '−')}
    </Table.Td>
  )
}

/** A rule of the lead score in words. */
export function RuleWords({ rule }: { readonly rule: LeadRule }) {
  const { t } = useTranslation()
  switch (rule.kind) {
    case 'field': {
      const name = rule.field.startsWith('custom:') ? rule.field.slice(7) : t(`scoring.field_${rule.field}`)
      const hasValue = rule.operator !== 'is_empty' && rule.operator !== 'is_not_empty'
      return `${name} ${t(`scoring.op_${rule.operator}`)}${hasValue ? ` “${rule.value}”` : ''}`
    }
    case 'tag':
      return `${t('scoring.kind_tag')} “${rule.tag}”`
    case 'list':
      return t('scoring.kind_list')
    case 'event':
      return `${t(`scoring.event_${rule.event}`)}${rule.name ? ` “${rule.name}”` : ''}`
  }
}
