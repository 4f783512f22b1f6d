import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Channel } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ChannelChoice } from '../../components/ChannelChoice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct } from '../../lib/requests.ts'

/** Begins a campaign and opens it in the wizard. */
export function NewCampaignDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [channel, setChannel] = useState<Channel>('email')
  const create = useAct('campaigns.create', api.campaigns.create, {
    showsError: true,
    onDone: campaign => void navigate({ to: '/campaigns/$id/edit', params: { id: campaign.id } }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() !== '') create.mutate({ name: name.trim(), channel })
  }
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size={520}
      title={t('campaigns.newTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            required
            label={t('wizard.name')}
            description={t('wizard.nameHint')}
            placeholder={t('campaigns.namePlaceholder')}
            maxLength={200}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <ChannelChoice value={channel} onChange={setChannel} />
          {create.error ? <ErrorNote error={create.error} title={t('common.notDone')} /> : null}
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              {t('campaigns.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
