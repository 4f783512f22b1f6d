import { Button, Group, Modal, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Channel } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'

/** Makes a template from a starter and opens it. */
export function NewTemplateDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [channel, setChannel] = useState<Channel>('email')
  const [name, setName] = useState('')
  const [key, setKey] = useState<string | null>(null)
  const starters = useAsk('templates.starters', api.templates.starters, { channel }, { enabled: props.opened })
  const create = useAct('templates.create', api.templates.create, {
    showsError: true,
    onDone: template => void navigate({ to: '/templates/$id', params: { id: template.id } }),
  })
  const choices = starters.data?.starters ?? []
  const chosen = choices.find(starter => starter.key === key) ?? choices[0]
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (chosen) create.mutate({ name: name.trim() || chosen.name, content: chosen.content })
  }
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('templates.newTitle')}
      size={520}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('common.name')}
            placeholder={chosen?.name ?? t('templates.newName')}
            maxLength={200}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <SegmentedControl
            aria-label={t('common.channel')}
            value={channel}
            onChange={value => {
              setChannel(value)
              setKey(null)
            }}
            data={[
              { value: 'email', label: t('common.channel_email') },
              { value: 'sms', label: t('common.channel_sms') },
            ]}
          />
          <Radio.Group label={t('templates.starter')} value={chosen?.key ?? ''} onChange={setKey}>
            <Stack gap="xs" mt="xs">
              {choices.map(starter => (
                <Radio key={starter.key} value={starter.key} label={starter.name} description={starter.says} />
              ))}
            </Stack>
          </Radio.Group>
          {starters.error ? <ErrorNote error={starters.error} /> : null}
          {create.error ? <ErrorNote error={create.error} title={t('common.notDone')} /> : null}
          <Group justify="space-between">
            <Text fz="xs" c="dimmed" />
            <Button type="submit" loading={create.isPending} disabled={!chosen}>
              {t('templates.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
