import { Accordion, Button, Group, Modal, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { ChevronLeft } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProviderKind, Sender } from '../../../shared/contract/senders.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useOverview } from '../../lib/use-overview.ts'
import {
  type AccountForm,
  type FieldErrors,
  formOfAccount,
  formOfKind,
  inputOf,
  refusedFields,
} from './account-form.ts'
import { Diagnosis } from './Diagnosis.tsx'
import { FromFields } from './FromFields.tsx'
import { textOf } from './field-values.ts'
import { KindChoice } from './KindChoice.tsx'
import { LimitFields } from './LimitFields.tsx'
import { MoreLimits } from './MoreLimits.tsx'
import { ProviderFields } from './ProviderFields.tsx'
import { ServerFields } from './ServerFields.tsx'

/** Adds an account of any kind, or changes one. A new one begins with the choice of its kind. */
export function AccountDialog(props: { readonly sender: Sender | null; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { sender, onClose } = props
  const [chosen, setChosen] = useState<ProviderKind | null>(null)
  const kinds = useAsk('senders.kinds', api.senders.kinds, {})
  const title = sender
    ? t('settings.editAccount', { name: sender.name })
    : chosen
      ? t('accounts.newOf', { kind: chosen.name })
      : t('accounts.chooseTitle')
  return (
    <Modal opened size={720} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Answer to={kinds}>
        {answer =>
          sender ? (
            <AccountEditor
              sender={sender}
              kind={answer.kinds.find(kind => kind.provider === sender.settings.provider) ?? null}
              initial={formOfAccount(sender)}
              onClose={onClose}
            />
          ) : chosen ? (
            <AccountEditor
              sender={null}
              kind={chosen}
              initial={formOfKind(chosen)}
              onBack={() => setChosen(null)}
              onClose={onClose}
            />
          ) : (
            <KindChoice kinds={answer.kinds} onChoose={setChosen} />
          )
        }
      </Answer>
    </Modal>
  )
}

function AccountEditor(props: {
  readonly sender: Sender | null
  /** Null for the practice account, which has no server. */
  readonly kind: ProviderKind | null
  readonly initial: AccountForm
  readonly onBack?: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { sender, kind } = props
  const [form, setForm] = useState(props.initial)
  const [unfinished, setUnfinished] = useState<FieldErrors>({})
  const kept = useOverview()?.secretsKeptBy
  const save = useAct('senders.save', api.senders.save, { showsError: true, onDone: props.onClose })
  const test = useAct('senders.test', api.senders.test, { showsError: true })
  const isNamed = form.name.trim() !== ''
  const whole = () => {
    const answer = inputOf(sender, form)
    setUnfinished(answer.errors)
    return answer.input
  }
  const errors = { ...refusedFields(test.error), ...refusedFields(save.error), ...unfinished }
  const fields = kind?.fields ?? []
  const secretNames = sender?.secretNames ?? []
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const input = isNamed ? whole() : null
    if (input) save.mutate(input)
  }
  const tryIt = (): void => {
    const input = whole()
    if (input) test.mutate({ sender: input })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {props.onBack ? (
          <Group gap="sm" wrap="nowrap" align="flex-start">
            <Button
              size="compact-sm"
              variant="default"
              style={{ flex: 'none' }}
              leftSection={<ChevronLeft size={14} />}
              onClick={props.onBack}
            >
              {t('accounts.back')}
            </Button>
            {kind ? (
              <Text fz="xs" c="dimmed">
                {t('accounts.kindSays', { says: kind.says.replace(/\.?$/, '.'), day: kind.asOf })}
              </Text>
            ) : null}
          </Group>
        ) : null}
        {form.values['provider'] === 'smtp' ? <SmtpPresets form={form} onChange={setForm} /> : null}
        <TextInput
          data-autofocus
          withAsterisk
          label={t('settings.name')}
          maxLength={100}
          value={form.name}
          onChange={event => setForm({ ...form, name: event.currentTarget.value })}
        />
        {form.values['provider'] === 'smtp' ? (
          <Section title={t('accounts.section_server')}>
            <ServerFields form={form} secretNames={secretNames} errors={errors} onChange={setForm} />
          </Section>
        ) : null}
        {fields.length > 0 ? (
          <Section title={t('accounts.section_server')}>
            <ProviderFields fields={fields} form={form} secretNames={secretNames} errors={errors} onChange={setForm} />
          </Section>
        ) : null}
        {kind?.from === 'none' || fields.some(field => field.name === 'fromAddress') ? null : (
          <Section title={t('accounts.section_from')}>
            <FromFields
              from={kind?.from ?? (form.channel === 'email' ? 'email' : 'name_or_phone')}
              asked={fields.map(field => field.name)}
              form={form}
              errors={errors}
              onChange={setForm}
            />
          </Section>
        )}
        <Section title={t('accounts.section_limits')}>
          <LimitFields limits={form.limits} onChange={limits => setForm({ ...form, limits })} />
          {form.channel === 'email' ? (
            <Accordion variant="default" chevronPosition="left" mt="xs">
              <Accordion.Item value="more" style={{ borderBottom: 0 }}>
                <Accordion.Control px={0}>{t('accounts.moreLimits')}</Accordion.Control>
                <Accordion.Panel>
                  <MoreLimits limits={form.limits} onChange={limits => setForm({ ...form, limits })} />
                </Accordion.Panel>
              </Accordion.Item>
            </Accordion>
          ) : null}
        </Section>
        {test.data ? <Diagnosis diagnosis={test.data} /> : null}
        {test.error ? <ErrorNote error={test.error} title={t('settings.testFailed')} /> : null}
        {save.error ? <ErrorNote error={save.error} title={t('common.notDone')} /> : null}
        <Text fz="xs" c="dimmed">
          {kept ? t(`accounts.secretsKept.${kept}`) : ''}
        </Text>
        <Group justify="space-between">
          <Button variant="default" disabled={!isNamed} loading={test.isPending} onClick={tryIt}>
            {t('settings.test')}
          </Button>
          <Button type="submit" disabled={!isNamed} loading={save.isPending}>
            {t('settings.saveAccount')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Section(props: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section>
      <Title order={3} mb="xs">
        {props.title}
      </Title>
      {props.children}
    </section>
  )
}

function SmtpPresets(props: { readonly form: AccountForm; readonly onChange: (form: AccountForm) => void }) {
  const { t } = useTranslation()
  const [key, setKey] = useState('')
  const presets = useAsk('senders.presets', api.senders.presets, {})
  const known = presets.data?.presets ?? []
  const choose = (next: string): void => {
    setKey(next)
    const preset = known.find(one => one.key === next)
    if (!preset) return
    const { form } = props
    const { host, port, security } = preset
    const user = textOf(form.values['user']) || preset.user
    props.onChange({
      ...form,
      name: form.name || preset.name,
      limits: preset.limits,
      values: { ...form.values, host, port, security, user },
    })
  }
  return (
    <Select
      label={t('settings.provider')}
      description={
        known.find(one => one.key === key)?.hint ?? t('settings.presetsAsOf', { day: presets.data?.asOf ?? '' })
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      allowDeselect={false}
      value={key}
      data={[
        { value: '', label: t('settings.providerOther') },
        ...known.map(one => ({ value: one.key, label: one.name })),
      ]}
      onChange={value => choose(value ?? '')}
    />
  )
}
