import { Group, SimpleGrid, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ProviderKind } from '../../../shared/contract/senders.ts'
import { CHANNELS } from '../../../shared/domain/channels.ts'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import classes from './KindChoice.module.css'

/** Chooses what kind of account to add: a card for each, by channel. */
export function KindChoice(props: {
  readonly kinds: readonly ProviderKind[]
  readonly onChoose: (kind: ProviderKind) => void
}) {
  const { t } = useTranslation()
  const channels = CHANNELS.filter(channel => props.kinds.some(kind => kind.channel === channel))
  return (
    <Stack gap="lg">
      <Text c="dimmed">{t('accounts.chooseSays')}</Text>
      {channels.map(channel => (
        <section key={channel} aria-label={t(`common.channel_${channel}`)}>
          <Group gap={6} mb={6}>
            <span aria-hidden="true">
              <ChannelIcon channel={channel} />
            </span>
            <Title order={3}>{t(`common.channel_${channel}`)}</Title>
          </Group>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
            {props.kinds
              .filter(kind => kind.channel === channel)
              .map(kind => (
                <UnstyledButton key={kind.provider} className={classes.kind ?? ''} onClick={() => props.onChoose(kind)}>
                  <Text fw={600}>{kind.name}</Text>
                  <Text fz="xs" c="dimmed">
                    {kind.says}
                  </Text>
                </UnstyledButton>
              ))}
          </SimpleGrid>
        </section>
      ))}
    </Stack>
  )
}
