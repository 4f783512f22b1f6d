import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct } from '../../lib/requests.ts'
import { useOverview } from '../../lib/use-overview.ts'
import type { Draft } from './use-draft.ts'

/** Sends the message, marked as a test, to a few addresses. */
export function TestSendPanel(props: { readonly campaignId: string; readonly draft: Draft }) {
  const { t } = useTranslation()
  const own = useOverview()?.member.email ?? ''
  const isEmail = props.draft.draft.channel === 'email'
  const [typed, setTyped] = useState<string | null>(null)
  const [badSave, setBadSave] = useState<unknown>(null)
  const test = useAct('campaigns.testSend', api.campaigns.testSend, { showsError: true })
  const value = typed ?? (isEmail ? own : '')
  const to = value
    .split(/[,;]/)
    .map(part => part.trim())
    .filter(part => part !== '')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    props.draft.flush().then(
      () => {
        setBadSave(null)
        test.mutate({ id: props.campaignId, to })
      },
      (error: unknown) => setBadSave(error),
    )
  }
  return (
    <section aria-labelledby="review-test">
      <Title order={2} id="review-test">
        {t('wizard.test')}
      </Title>
      <Text c="dimmed" mb="sm">
        {t('wizard.testSays')}
      </Text>
      <form onSubmit={submit}>
        <Group gap="sm" align="flex-end">
          <TextInput
            w={320}
            label={t('wizard.testTo')}
            placeholder={t('wizard.testToHint')}
            value={value}
            onChange={event => setTyped(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            loading={test.isPending}
            disabled={to.length === 0 || to.length > 10 || props.draft.draft.content === null}
          >
            {t('wizard.testSend')}
          </Button>
        </Group>
      </form>
      {badSave || test.error ? <ErrorNote error={badSave ?? test.error} title={t('common.notDone')} /> : null}
      <Stack gap={2} mt="sm" role="status">
        {(test.data?.results ?? []).map(result => (
          <Text key={result.to} fz="xs" c={result.ok ? 'var(--t-good)' : 'var(--t-bad)'}>
            {result.ok ? t('wizard.testOk', { to: result.to }) : t('wizard.testFailed', result)}
          </Text>
        ))}
      </Stack>
    </section>
  )
}
