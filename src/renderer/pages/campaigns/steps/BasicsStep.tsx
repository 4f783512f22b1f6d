import { Radio, Select, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SenderId } from '../../../../shared/contract/define.ts'
import { api } from '../../../api.ts'
import { useAsk } from '../../../lib/requests.ts'

import type { Draft } from '../use-draft.ts'
import classes from '../Wizard.module.css'
import { ModeFields } from './ModeFields.tsx'

/** Name, kind of message, and by which account and under which name it leaves. */
export function BasicsStep(props: { readonly draft: Draft }) {
  const { t } = useTranslation()
  const { name, draft, rename, change } = props.draft
  const senders = useAsk('senders.list', api.senders.list, {})
  const usable = (senders.data?.senders ?? []).filter(sender => sender.channel === draft.channel)
  const usual = usable.find(sender => sender.isDefault)
  return (
    <Stack gap="lg" className={classes.form ?? ''}>
      <TextInput
        label={t('wizard.name')}
        description={t('wizard.nameHint')}
        required
        maxLength={200}
        value={name}
        onChange={event => rename(event.currentTarget.value)}
      />
      <Radio.Group
        label={t('wizard.category')}
        value={draft.category}
        onChange={category => change({ category: category === 'transactional' ? 'transactional' : 'marketing' })}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="marketing" label={t('wizard.marketing')} description={t('wizard.marketingSays')} />
          <Radio value="transactional" label={t('wizard.transactional')} description={t('wizard.transactionalSays')} />
        </Stack>
      </Radio.Group>
      {draft.channel === 'social' ? null : (
        <>
          <Select
            label={t('wizard.sender')}
            allowDeselect={false}
            value={draft.senderId ?? ''}
            data={[
              { value: '', label: t('wizard.senderDefault', { name: usual?.name ?? t('common.none') }) },
              ...usable.map(sender => ({ value: sender.id, label: sender.name })),
            ]}
            onChange={id => change({ senderId: id ? SenderId.parse(id) : null })}
          />
          <TextInput
            label={t('wizard.fromName')}
            description={t('wizard.fromNameHint')}
            placeholder={usual?.settings.fromName ?? ''}
            maxLength={200}
            value={draft.fromName}
            onChange={event => change({ fromName: event.currentTarget.value })}
          />
        </>
      )}
      {draft.channel === 'email' ? (
        <TextInput
          type="email"
          label={t('wizard.replyTo')}
          description={t('wizard.replyToHint')}
          placeholder={usual?.settings.replyTo || (usual?.settings.fromAddress ?? '')}
          maxLength={320}
          value={draft.replyTo}
          onChange={event => change({ replyTo: event.currentTarget.value })}
        />
      ) : null}
      {draft.channel === 'social' ? null : <ModeFields draft={props.draft} />}
    </Stack>
  )
}
