import { Group, Select, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactCard } from '../../../shared/contract/contacts.ts'
import { PersonChannel } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Time } from '../../components/Figures.tsx'
import { asStatus, StatusBadge } from '../../components/StatusBadge.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'
import classes from './ContactPage.module.css'
import { SectionButton } from './SectionButton.tsx'

/** What the contact agreed to, with basis and source. */
export function ConsentSection({ card, mayEdit }: { readonly card: ContactCard; readonly mayEdit: boolean }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('contacts.consent')}</Title>
        <SectionButton disabled={!mayEdit} onClick={() => setAsking(true)}>
          {t('contacts.recordConsent')}
        </SectionButton>
      </Group>
      {card.consents.length === 0 ? (
        <Text c="dimmed">{t('contacts.noConsent')}</Text>
      ) : (
        <ul className={classes.plain}>
          {card.consents.map(one => (
            <Group component="li" key={`${one.channel} ${one.at}`} justify="space-between" py={3} wrap="nowrap">
              <Group gap="xs" wrap="nowrap" miw={0}>
                <ChannelIcon channel={one.channel} />
                <StatusBadge status={asStatus(one.status)} />
                <Text c="dimmed" className="t-cut">
                  {[one.basis, one.source].filter(part => part !== '').join(' · ')}
                </Text>
              </Group>
              <Text c="dimmed">
                <Time at={one.at} />
              </Text>
            </Group>
          ))}
        </ul>
      )}
      {asking ? <ConsentDialog card={card} onClose={() => setAsking(false)} /> : null}
    </section>
  )
}

type Said = 'granted' | 'denied' | 'withdrawn'
const SAID: readonly Said[] = ['granted', 'denied', 'withdrawn']

function ConsentDialog({ card, onClose }: { readonly card: ContactCard; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const report = useReport()
  const [channel, setChannel] = useState<PersonChannel>('email')
  const [status, setStatus] = useState<Said>('granted')
  const [basis, setBasis] = useState('')
  const [evidence, setEvidence] = useState('')
  const record = useAct('compliance.recordConsent', api.compliance.recordConsent, {
    showsError: true,
    onDone: () => {
      report.done(t('contacts.consentSaved'))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      opened
      title={t('contacts.consentTitle')}
      says=""
      confirm={t('contacts.consentConfirm')}
      busy={record.isPending}
      error={record.error}
      disabled={basis.trim() === ''}
      onConfirm={() =>
        record.mutate({ contactId: card.contact.id, channel, status, basis: basis.trim(), evidence: evidence.trim() })
      }
      onClose={onClose}
    >
      <Group grow>
        <Select
          label={t('common.channel')}
          allowDeselect={false}
          data-autofocus
          value={channel}
          data={PersonChannel.options.map(value => ({ value, label: t(`common.channel_${value}`) }))}
          onChange={value => setChannel(PersonChannel.parse(value))}
        />
        <Select
          label={t('contacts.consentStatus')}
          allowDeselect={false}
          value={status}
          data={SAID.map(value => ({ value, label: t(`contacts.consent_${value}`) }))}
          onChange={value => setStatus(SAID.find(one => one === value) ?? 'granted')}
        />
      </Group>
      <TextInput
        label={t('contacts.basis')}
        description={t('contacts.basisHint')}
        maxLength={100}
        value={basis}
        onChange={event => setBasis(event.currentTarget.value)}
      />
      <Textarea
        label={t('contacts.evidence')}
        description={t('contacts.evidenceHint')}
        maxLength={2000}
        autosize
        minRows={2}
        value={evidence}
        onChange={event => setEvidence(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
