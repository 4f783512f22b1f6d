import { Button, Group, NumberInput, Radio, Select, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CampaignDraft, FurtherChannel } from '../../../../shared/contract/campaigns.ts'
import { PersonChannel, SenderId } from '../../../../shared/contract/define.ts'
import { api } from '../../../api.ts'
import { RemoveButton } from '../../../components/message/RemoveButton.tsx'
import { useAsk } from '../../../lib/requests.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import type { Draft } from '../use-draft.ts'

const MODES = ['single', 'all', 'cascade', 'backup'] as const

/** How the channels of a campaign work together, and which come after the first. */
export function ModeFields({ draft: { draft, change } }: { readonly draft: Draft }) {
  const { t } = useTranslation()
  const { further, mode } = draft
  const free = freeChannels(draft)
  const put = (at: number, part: Partial<FurtherChannel>): void =>
    change({ further: further.map((one, n) => (n === at ? { ...one, ...part } : one)) })
  const chooseMode = (next: CampaignDraft['mode']): void => {
    const [first] = free
    change({ mode: next, further: next === 'single' ? [] : further.length > 0 || !first ? further : [added(first)] })
  }
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('wizard.mode')}
        value={mode}
        onChange={value => chooseMode(MODES.find(one => one === value) ?? 'single')}
      >
        <Stack gap="xs" mt={6}>
          {MODES.map(one => (
            <Radio key={one} value={one} label={t(`wizard.mode_${one}`)} description={t(`wizard.modeSays_${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {mode === 'single' ? null : (
        <>
          {mode === 'cascade' ? (
            <TimeOut
              label={t('wizard.waitsAfter', { channel: t(`common.channel_${draft.channel}`) })}
              minutes={draft.timeoutMinutes}
              onChange={timeoutMinutes => change({ timeoutMinutes })}
            />
          ) : null}
          {further.map((one, at) => (
            <Group key={one.channel} gap="sm" align="flex-end" wrap="nowrap">
              <Select
                w={140}
                label={t('wizard.channelAt', { at: at + 2 })}
                allowDeselect={false}
                value={one.channel}
                data={[one.channel, ...free].map(value => ({ value, label: t(`common.channel_${value}`) }))}
                onChange={value => put(at, added(PersonChannel.parse(value)))}
              />
              <SenderSelect channel={one.channel} value={one.senderId} onChange={senderId => put(at, { senderId })} />
              {mode === 'cascade' && at < further.length - 1 ? (
                <TimeOut
                  width={170}
                  label={t('wizard.waitsHours')}
                  minutes={one.timeoutMinutes}
                  onChange={timeoutMinutes => put(at, { timeoutMinutes })}
                />
              ) : null}
              <RemoveButton
                label={t('wizard.removeChannel', { channel: t(`common.channel_${one.channel}`) })}
                onClick={() => change({ further: further.filter((_, n) => n !== at) })}
              />
            </Group>
          ))}
          {free[0] && further.length < 3 ? (
            <Button
              size="compact-sm"
              variant="default"
              style={{ alignSelf: 'flex-start' }}
              leftSection={<Plus size={13} />}
              onClick={() => change({ further: [...further, ...free.slice(0, 1).map(added)] })}
            >
              {t('wizard.addChannel')}
            </Button>
          ) : null}
          <ModeInWords draft={draft} />
        </>
      )}
    </Stack>
  )
}

function ModeInWords({ draft }: { readonly draft: CampaignDraft }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const name = (channel: CampaignDraft['channel']): string => t(`common.channel_${channel}`)
  const [first, ...rest] = [draft, ...draft.further]
  if (!first || rest.length === 0) return <Text c="var(--t-warn)">{t('wizard.modeNeedsMore')}</Text>
  if (draft.mode === 'all') {
    return (
      <Text role="status">
        {t('wizard.allWords', { channels: [first, ...rest].map(one => name(one.channel)).join(', ') })}
      </Text>
    )
  }
  const sentences = rest.map((one, at) => {
    const before = at === 0 ? first : rest[at - 1]
    const minutes = before?.timeoutMinutes ?? null
    const wait = minutes === null ? t('wizard.usualWait') : formats.duration(minutes * 60)
    return t(draft.mode === 'cascade' ? 'wizard.cascadeWords' : 'wizard.backupWords', {
      wait,
      channel: name(one.channel),
    })
  })
  return <Text role="status">{[t('wizard.firstWords', { channel: name(first.channel) }), ...sentences].join(' ')}</Text>
}

function TimeOut(props: {
  readonly label: string
  readonly width?: number
  readonly minutes: number | null
  readonly onChange: (minutes: number | null) => void
}) {
  const { t } = useTranslation()
  return (
    <NumberInput
      w={props.width ?? 260}
      hideControls
      min={0}
      max={720}
      label={props.label}
      placeholder={t('wizard.usualWait')}
      value={props.minutes === null ? '' : props.minutes / 60}
      onChange={value =>
        props.onChange(typeof value === 'number' && value > 0 ? Math.max(1, Math.round(value * 60)) : null)
      }
    />
  )
}

function SenderSelect(props: {
  readonly channel: PersonChannel
  readonly value: SenderId | null
  readonly onChange: (id: SenderId | null) => void
}) {
  const { t } = useTranslation()
  const senders = useAsk('senders.list', api.senders.list, {})
  const usable = (senders.data?.senders ?? []).filter(sender => sender.channel === props.channel)
  const usual = usable.find(sender => sender.isDefault)
  return (
    <Select
      flex={1}
      label={t('wizard.sender')}
      allowDeselect={false}
      value={props.value ?? ''}
      data={[
        { value: '', label: t('wizard.senderDefault', { name: usual?.name ?? t('common.none') }) },
        ...usable.map(sender => ({ value: sender.id, label: sender.name })),
      ]}
      onChange={id => props.onChange(id ? SenderId.parse(id) : null)}
    />
  )
}

function freeChannels({ channel, further }: CampaignDraft): PersonChannel[] {
  return PersonChannel.options.filter(one => one !== channel && further.every(other => other.channel !== one))
}

function added(channel: PersonChannel): FurtherChannel {
  return { channel, templateId: null, content: null, senderId: null, fromName: '', replyTo: '', timeoutMinutes: null }
}
