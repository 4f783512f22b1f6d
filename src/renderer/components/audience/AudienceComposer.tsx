import { Button, Checkbox, Group, MultiSelect, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { ClipboardPaste, Filter } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Audience } from '../../../shared/contract/campaigns.ts'
import { type Channel, ContactId, ListId, SegmentId, TagId } from '../../../shared/contract/define.ts'
import { useFormats } from '../../lib/use-formats.ts'
import classes from './AudienceComposer.module.css'
import { AudienceRule } from './AudienceRule.tsx'
import { ExclusionFields } from './ExclusionFields.tsx'
import { PasteRecipientsDialog } from './PasteRecipientsDialog.tsx'
import type { Choice, RuleCatalogue } from './use-rule-catalogue.ts'

interface AudienceComposerProps {
  readonly audience: Audience
  readonly channel: Channel
  readonly catalogue: RuleCatalogue
  readonly onChange: (part: Partial<Audience>) => void
}

const MOST_SHOWN = 200

/** Puts an audience together: who gets it, and who is left out. The usual case is one list; everything else is folded away. */
export function AudienceComposer({ audience, channel, catalogue, onChange }: AudienceComposerProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [isPasting, setIsPasting] = useState(false)
  const { lists, tags, segments } = catalogue
  return (
    <Stack gap="lg" className={classes.form ?? ''}>
      <section aria-label={t('audience.whom')}>
        <Group justify="space-between" mb="sm">
          <Title order={2} fz="sm">
            {t('audience.whom')}
          </Title>
        </Group>
        <SegmentedControl
          size="xs"
          mb="md"
          aria-label={t('audience.whom')}
          value={audience.everyone ? 'everyone' : 'chosen'}
          onChange={value => onChange({ everyone: value === 'everyone' })}
          data={[
            { value: 'chosen', label: t('audience.chosen') },
            { value: 'everyone', label: `${t('audience.everyone')} (${formats.number(catalogue.total)})` },
          ]}
        />
        {audience.everyone ? null : (
          <Stack gap="md">
            <div className={classes.three}>
              <Several
                label={t('audience.lists')}
                placeholder={t('audience.chooseLists')}
                choices={lists}
                isReady={catalogue.isReady}
                ids={audience.listIds}
                onChange={ids => onChange({ listIds: ListId.array().parse(ids) })}
              />
              <Several
                label={t('audience.segments')}
                placeholder={t('audience.chooseSegments')}
                choices={segments}
                isReady={catalogue.isReady}
                ids={audience.segmentIds}
                onChange={ids => onChange({ segmentIds: SegmentId.array().parse(ids) })}
              />
              <Several
                label={t('audience.tags')}
                placeholder={t('audience.chooseTags')}
                choices={tags}
                isReady={catalogue.isReady}
                ids={audience.tagIds}
                onChange={ids => onChange({ tagIds: TagId.array().parse(ids) })}
              />
            </div>
            <Group gap="lg" align="flex-start" role="group" aria-label={t('audience.ways')}>
              <Checkbox
                size="xs"
                label={t('audience.leads')}
                description={t('audience.leadsSays')}
                checked={audience.leads}
                onChange={event => onChange({ leads: event.currentTarget.checked })}
              />
              <Checkbox
                size="xs"
                label={t('audience.customers')}
                description={t('audience.customersSays')}
                checked={audience.customers}
                onChange={event => onChange({ customers: event.currentTarget.checked })}
              />
            </Group>
            {audience.rule ? (
              <AudienceRule
                title={t('audience.ownRule')}
                rule={audience.rule}
                catalogue={catalogue}
                onChange={rule => onChange({ rule })}
              />
            ) : null}
            <Group gap="xs">
              {audience.rule ? null : (
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<Filter size={13} />}
                  onClick={() =>
                    onChange({ rule: { kind: 'group', id: 'root', match: 'all', negated: false, rules: [] } })
                  }
                >
                  {t('audience.ownRuleOff')}
                </Button>
              )}
              {audience.contactIds.length === 0 ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<ClipboardPaste size={13} />}
                  onClick={() => setIsPasting(true)}
                >
                  {t('audience.pasteOff')}
                </Button>
              ) : (
                <>
                  <Text>{t('audience.pasteCount', { count: audience.contactIds.length })}</Text>
                  <Button size="compact-sm" variant="subtle" onClick={() => setIsPasting(true)}>
                    {t('audience.pasteChange')}
                  </Button>
                  <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange({ contactIds: [] })}>
                    {t('audience.pasteClear')}
                  </Button>
                </>
              )}
            </Group>
          </Stack>
        )}
      </section>
      <section aria-label={t('audience.without')} className={classes.part}>
        <Title order={2} fz="sm" mb="sm">
          {t('audience.without')}
        </Title>
        <Stack gap="md">
          <div className={classes.three}>
            <Several
              label={t('audience.withoutLists')}
              placeholder={t('audience.chooseLists')}
              choices={lists}
              isReady={catalogue.isReady}
              ids={audience.excludeListIds}
              onChange={ids => onChange({ excludeListIds: ListId.array().parse(ids) })}
            />
            <Several
              label={t('audience.withoutSegments')}
              placeholder={t('audience.chooseSegments')}
              choices={segments}
              isReady={catalogue.isReady}
              ids={audience.excludeSegmentIds}
              onChange={ids => onChange({ excludeSegmentIds: SegmentId.array().parse(ids) })}
            />
            <Several
              label={t('audience.withoutTags')}
              placeholder={t('audience.chooseTags')}
              choices={tags}
              isReady={catalogue.isReady}
              ids={audience.excludeTagIds}
              onChange={ids => onChange({ excludeTagIds: TagId.array().parse(ids) })}
            />
          </div>
          <ExclusionFields exclusions={audience.exclusions} onChange={exclusions => onChange({ exclusions })} />
          {audience.excludeRule ? (
            <AudienceRule
              title={t('audience.withoutRule')}
              rule={audience.excludeRule}
              catalogue={catalogue}
              onChange={excludeRule => onChange({ excludeRule })}
            />
          ) : (
            <Group>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<Filter size={13} />}
                onClick={() =>
                  onChange({ excludeRule: { kind: 'group', id: 'root', match: 'all', negated: false, rules: [] } })
                }
              >
                {t('audience.withoutRuleOff')}
              </Button>
            </Group>
          )}
        </Stack>
      </section>
      {isPasting ? (
        <PasteRecipientsDialog
          channel={channel}
          onClose={() => setIsPasting(false)}
          onFound={ids => {
            setIsPasting(false)
            onChange({ contactIds: ContactId.array().parse(ids) })
          }}
        />
      ) : null}
    </Stack>
  )
}

interface SeveralProps {
  readonly label: string
  readonly placeholder: string
  readonly choices: readonly Choice[]
  readonly isReady: boolean
  readonly ids: readonly string[]
  readonly onChange: (ids: string[]) => void
}

function Several(props: SeveralProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  // Until the names are there, nothing is said to be gone.
  const unknown = props.ids.filter(id => !props.choices.some(choice => choice.id === id))
  return (
    <MultiSelect
      label={props.label}
      placeholder={props.ids.length === 0 ? props.placeholder : ''}
      searchable
      clearable
      styles={{ inputField: { minWidth: 40 } }}
      limit={MOST_SHOWN}
      data={[
        ...props.choices.map(({ id, name, people }) => ({
          value: id,
          label: people === null ? name : `${name} (${formats.number(people)})`,
        })),
        ...unknown.map(id => ({ value: id, label: t(props.isReady ? 'segments.gone' : 'rules.gap') })),
      ]}
      value={[...props.ids]}
      onChange={props.onChange}
    />
  )
}
