import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Channel } from '../../shared/contract/define.ts'
import { CHANNELS } from '../../shared/domain/channels.ts'

/** Chooses by which way a message leaves. */
export function ChannelChoice(props: { readonly value: Channel; readonly onChange: (channel: Channel) => void }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('common.channel')}
      value={props.value}
      onChange={props.onChange}
      data={CHANNELS.map(value => ({ value, label: t(`common.channel_${value}`) }))}
    />
  )
}
