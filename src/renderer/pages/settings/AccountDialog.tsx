import { Button, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sender } from '../../../shared/contract/senders.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { type AccountForm, formOf, inputOf } from './account-form.ts'
import { Diagnosis } from './Diagnosis.tsx'
import { LimitFields } from './LimitFields.tsx'
import { ServerFields } from './ServerFields.tsx'

/** Adds an SMTP account or changes one, and tries it before it is saved. */
export function AccountDialog(props: { readonly sender: Sender | null; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { sender } = props
  const [form, setForm] = useState<AccountForm>(formOf(sender))
  const [preset, setPreset] = useState('')
  const presets = useAsk('senders.presets', api.senders.presets, {})
  const save = useAct('senders.save', api.senders.save, { showsError: true, onDone: props.onClose })
  const test = useAct('senders.test', api.senders.test, { showsError: true })
  const { settings } = form
  const isNamed = form.name.trim() !== ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isNamed) save.mutate(inputOf(sender, form))
  }
  const choosePreset = (key: string): void => {
    setPreset(key)
    const chosen = presets.data?.presets.find(one => one.key === key)
    if (!chosen || settings.provider !== 'smtp') return
    const { host, port, security } = chosen
    setForm({
      ...form,
      name: form.name || chosen.name,
      limits: chosen.limits,
      settings: { ...settings, host, port, security, user: settings.user || chosen.user },
    })
  }
  const hint = presets.data?.presets.find(one => one.key === preset)?.hint
  const line = (field: 'fromName' | 'fromAddress' | 'replyTo', type: 'text' | 'email') => (
    <TextInput
      type={type}
      label={t(`settings.${field}`)}
      value={settings[field]}
      onChange={event => setForm({ ...form, settings: { ...settings, [field]: event.currentTarget.value } })}
    />
  )
  return (
    <Modal
      opened
      size={640}
      onClose={props.onClose}
      title={sender ? t('settings.editAccount', { name: sender.name }) : t('settings.newAccount')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {settings.provider === 'smtp' ? (
            <div>
              <Select
                label={t('settings.provider')}
                allowDeselect={false}
                value={preset}
                data={[
                  { value: '', label: t('settings.providerOther') },
                  ...(presets.data?.presets ?? []).map(one => ({ value: one.key, label: one.name })),
                ]}
                onChange={value => choosePreset(value ?? '')}
              />
              <Text fz="xs" c="dimmed" mt={4}>
                {hint ?? t('settings.presetsAsOf', { day: presets.data?.asOf ?? '' })}
              </Text>
            </div>
          ) : null}
          <TextInput
            data-autofocus
            required
            label={t('settings.name')}
            maxLength={100}
            value={form.name}
            onChange={event => setForm({ ...form, name: event.currentTarget.value })}
          />
          {settings.provider === 'smtp' ? (
            <ServerFields
              settings={settings}
              hasPassword={sender?.secretNames.includes('password') ?? false}
              password={form.password}
              onChange={(next, password) => setForm({ ...form, settings: next, password })}
            />
          ) : null}
          <SimpleGrid cols={3} spacing="md">
            {line('fromName', 'text')}
            {line('fromAddress', 'email')}
            {line('replyTo', 'email')}
          </SimpleGrid>
          <LimitFields limits={form.limits} onChange={limits => setForm({ ...form, limits })} />
          {test.data ? <Diagnosis diagnosis={test.data} /> : null}
          {test.error ? <ErrorNote error={test.error} title={t('settings.testFailed')} /> : null}
          {save.error ? <ErrorNote error={save.error} title={t('common.notDone')} /> : null}
          <Group justify="space-between">
            <Button
              variant="default"
              disabled={!isNamed}
              loading={test.isPending}
              onClick={() => test.mutate({ sender: inputOf(sender, form) })}
            >
              {t('settings.test')}
            </Button>
            <Button type="submit" disabled={!isNamed} loading={save.isPending}>
              {t('settings.saveAccount')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
