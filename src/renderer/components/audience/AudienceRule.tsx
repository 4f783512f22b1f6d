import { Button, Group, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import classes from './AudienceComposer.module.css'
import { RuleBuilder } from './RuleBuilder.tsx'
import { useLiveCount } from './use-live-count.ts'
import type { RuleCatalogue } from './use-rule-catalogue.ts'

interface AudienceRuleProps {
  readonly title: string
  readonly rule: RuleGroup
  readonly catalogue: RuleCatalogue
  /** null takes the rule away. */
  readonly onChange: (rule: RuleGroup | null) => void
}

/** A rule that belongs to one campaign, with how many people it finds. */
export function AudienceRule({ title, rule, catalogue, onChange }: AudienceRuleProps) {
  const { t } = useTranslation()
  const live = useLiveCount(rule)
  return (
    <section aria-label={title} className={classes.rule}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="sm" align="baseline">
          <Title order={3} fz="sm">
            {title}
          </Title>
          <Text fz="xs" c="dimmed" role="status" style={{ opacity: live.isStale ? 0.5 : 1 }}>
            {live.people === null ? t('audience.ruleIncomplete') : t('audience.ruleFinds', { count: live.people })}
          </Text>
        </Group>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange(null)}>
          {t('audience.removeRule')}
        </Button>
      </Group>
      <RuleBuilder initial={rule} catalogue={catalogue} live={live} onChange={onChange} />
    </section>
  )
}
