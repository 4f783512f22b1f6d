import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Channel } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ChannelChoice } from '../../components/ChannelChoice.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { emptyContent } from '../../components/message/empty-content.ts'
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
  const blank = {
    key: 'blank',
    name: t('templates.blank'),
    says: t('templates.blankSays'),
    content: emptyContent(channel),
  }
  const choices = starters.data ? [...starters.data.starters, blank] : []
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
          <ChannelChoice
            value={channel}
            onChange={value => {
              setChannel(value)
              setKey(null)
            }}
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
