import { Group, Modal, Stack, Text, Title } from '@mantine/core'
import { CircleCheck, CircleDot, CircleX, Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CampaignId, ContactId } from '../../../shared/contract/define.ts'
import type { Why, WhyLink } from '../../../shared/contract/why.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import { Answer } from '../Answer.tsx'
import { ChannelIcon } from '../ChannelIcon.tsx'
import { Time } from '../Figures.tsx'
import { LinkAnchor } from '../links.tsx'
import { asStatus, StatusBadge } from '../StatusBadge.tsx'
import classes from './WhyDialog.module.css'

const SIGNS = {
  passes: [CircleCheck, 'var(--t-good)'],
  waits: [Clock, 'var(--t-warn)'],
  stops: [CircleX, 'var(--t-bad)'],
  decided: [CircleDot, 'var(--t-busy)'],
} as const

/** Says whether somebody got a campaign and why: every rule in order, the one that decided, and what would have changed it. */
export function WhyDialog(props: {
  readonly campaignId: CampaignId
  readonly contactId: ContactId
  /** Offers the way to the contact, where the person is not there already. */
  readonly leadsToContact?: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { campaignId, contactId, onClose } = props
  const asked = useAsk('sending.why', api.sending.why, { campaignId, contactId })
  const { data } = asked
  return (
    <Modal
      opened
      size={720}
      onClose={onClose}
      title={data ? t('why.title', { name: data.name, campaign: data.campaignName }) : t('why.ask')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Answer to={asked}>
        {answer => (
          <Stack gap="lg">
            <Text fz="lg" fw={600}>
              {answer.answer}
            </Text>
            {answer.channels.map(channel => (
              <ChannelChain key={channel.channel} channel={channel} isOnly={answer.channels.length === 1} />
            ))}
            {props.leadsToContact ? (
              <LinkAnchor to="/contacts/$id" params={{ id: answer.contactId }} onClick={onClose}>
                {t('why.toContact')}
              </LinkAnchor>
            ) : null}
          </Stack>
        )}
      </Answer>
    </Modal>
  )
}

function ChannelChain({ channel, isOnly }: { readonly channel: Why['channels'][number]; readonly isOnly: boolean }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t(`common.channel_${channel.channel}`)}>
      <Group gap="sm" mb={6} wrap="nowrap">
        <ChannelIcon channel={channel.channel} />
        <Title order={3}>{channel.address === '' ? t(`common.channel_${channel.channel}`) : channel.address}</Title>
        {channel.state === '' ? (
          <Text c="dimmed">{t('why.noMessage')}</Text>
        ) : (
          <StatusBadge status={asStatus(channel.state)} />
        )}
      </Group>
      {isOnly ? null : <Text mb={6}>{channel.answer}</Text>}
      <ol className={classes.chain} aria-label={t('why.chain')}>
        {channel.links.map((link, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule may come twice; its place in the chain is its identity
          <Link key={at} link={link} />
        ))}
      </ol>
    </section>
  )
}

function Link({ link }: { readonly link: WhyLink }) {
  const { t } = useTranslation()
  const [Sign, colour] = SIGNS[link.effect]
  return (
    <li className={classes.link} data-decided={link.effect === 'decided' || undefined}>
      <Sign size={14} color={colour} role="img" aria-label={t(`why.effect_${link.effect}`)} style={{ marginTop: 3 }} />
      <Text component="span" inherit>
        {t(`why.rule.${link.rule}`)}
      </Text>
      <div>
        <Text component="span" inherit style={{ overflowWrap: 'anywhere' }}>
          {link.value}
        </Text>
        <Text component="span" fz="xs" c="dimmed" fw={400}>
          {link.at === null ? null : (
            <>
              {' '}
              · <Time at={link.at} />
            </>
          )}
          {link.until === null ? null : (
            <>
              {' '}
              · {t('why.until')} <Time at={link.until} />
            </>
          )}
          {link.basis === 'now' ? ` · ${t('why.asNow')}` : ''}
        </Text>
        {link.change === '' ? null : (
          <Text fz="xs" fw={400}>
            {t('why.change', { change: link.change })}
          </Text>
        )}
      </div>
    </li>
  )
}
