import { Button, Group, NumberInput, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkspaceSettings } from '../../../shared/contract/workspace.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { countriesIn } from '../../lib/countries.ts'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useMay } from '../../lib/use-overview.ts'
import classes from './SettingsPage.module.css'

// Rates are kept in ten-thousandths of the unit and shown in units.
const RATE_SCALE = 10_000

/** Identity, region, money. */
export function WorkspaceTab() {
  const settings = useAsk('workspace.settings', api.workspace.settings, {})
  return <Answer to={settings}>{answer => <WorkspaceForm key={JSON.stringify(answer)} settings={answer} />}</Answer>
}

function WorkspaceForm({ settings }: { readonly settings: WorkspaceSettings }) {
  const { t, i18n } = useTranslation()
  const report = useReport()
  const mayManage = useMay('workspace.manage')
  const form = useForm<WorkspaceSettings>({ initialValues: settings })
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const countries = useMemo(() => [...countriesIn(i18n.language)], [i18n.language])
  const currencies = useMemo(() => Intl.supportedValuesOf('currency'), [])
  const save = useAct('workspace.saveSettings', api.workspace.saveSettings, {
    showsError: true,
    onDone: () => report.done(t('settings.saved')),
  })
  const rate = (field: 'emailPerMessage' | 'smsPerSegment', label: string) => (
    <NumberInput
      label={label}
      min={0}
      decimalScale={4}
      step={0.001}
      rightSectionWidth={52}
      rightSection={
        <Text fz="xs" c="dimmed">
          {form.values.currency}
        </Text>
      }
      value={form.values.rates[field] / RATE_SCALE}
      onChange={value => form.setFieldValue(`rates.${field}`, Math.round(Number(value) * RATE_SCALE))}
    />
  )
  return (
    <form onSubmit={form.onSubmit(values => save.mutate(values))}>
      <fieldset disabled={!mayManage} style={{ border: 0, margin: 0, padding: 0 }}>
        <Stack gap="md" className={classes.form ?? ''}>
          {mayManage ? null : <Text c="dimmed">{t('settings.mayNot')}</Text>}
          <Title order={2}>{t('settings.identity')}</Title>
          <TextInput
            label={t('settings.organisation')}
            description={t('settings.organisationHint')}
            maxLength={200}
            {...form.getInputProps('organisation')}
          />
          <Textarea
            label={t('settings.postalAddress')}
            description={t('settings.postalAddressHint')}
            autosize
            minRows={2}
            maxLength={500}
            {...form.getInputProps('postalAddress')}
          />
          <Title order={2} mt="md">
            {t('settings.region')}
          </Title>
          <Group grow align="flex-start">
            <Select
              label={t('settings.country')}
              description={t('settings.countryHint')}
              searchable
              allowDeselect={false}
              limit={60}
              data={countries}
              {...form.getInputProps('country')}
            />
            <Select
              label={t('settings.currency')}
              description={t('settings.currencyHint')}
              searchable
              allowDeselect={false}
              limit={60}
              data={currencies}
              {...form.getInputProps('currency')}
            />
          </Group>
          <Select
            label={t('settings.timeZone')}
            searchable
            allowDeselect={false}
            limit={80}
            data={zones.includes(settings.timeZone) ? zones : [settings.timeZone, ...zones]}
            {...form.getInputProps('timeZone')}
          />
          <Title order={2} mt="md">
            {t('settings.rates')}
          </Title>
          <Group grow>
            {rate('emailPerMessage', t('settings.emailRate'))}
            {rate('smsPerSegment', t('settings.smsRate'))}
            <TextInput type="date" label={t('settings.ratesAsOf')} {...form.getInputProps('rates.asOf')} />
          </Group>
          {save.error ? <ErrorNote error={save.error} title={t('common.notDone')} /> : null}
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('settings.save')}
            </Button>
          </Group>
        </Stack>
      </fieldset>
    </form>
  )
}
