import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'
import { useMay } from '../../lib/use-overview.ts'

/** Says that the sample is in, and takes it out. */
export function SampleNote() {
  const { t } = useTranslation()
  const report = useReport()
  const may = useMay('workspace.manage')
  const [asking, setAsking] = useState(false)
  const remove = useAct('workspace.removeSample', api.workspace.removeSample, {
    showsError: true,
    onDone: () => {
      setAsking(false)
      report.done(t('home.sampleRemoved'))
    },
  })
  return (
    <Group gap="md" mb="lg">
      <Text c="dimmed">{t('home.sampleOn')}</Text>
      {may ? (
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {t('home.removeSample')}
        </Button>
      ) : null}
      <ConfirmDialog
        opened={asking}
        danger
        title={t('home.removeSampleTitle')}
        says={t('home.removeSampleSays')}
        confirm={t('home.removeSample')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({})}
        onClose={() => setAsking(false)}
      />
    </Group>
  )
}
