import { Alert, Group, Stack, Text } from '@mantine/core'
import { CircleCheck, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SenderDiagnosis } from '../../../shared/contract/senders.ts'
import { StatusBadge } from '../../components/StatusBadge.tsx'

/** What a test of an account found, step by step, and what to do about the step that failed. */
export function Diagnosis({ diagnosis }: { readonly diagnosis: SenderDiagnosis }) {
  const { t } = useTranslation()
  return (
    <Alert
      role="status"
      variant="light"
      color={diagnosis.ok ? 'green' : 'red'}
      icon={diagnosis.ok ? <CircleCheck size={16} /> : <CircleX size={16} />}
      title={diagnosis.ok ? t('settings.testOk') : t('settings.testFailed')}
    >
      <Stack gap={4}>
        {diagnosis.steps.map(step => (
          <Group key={step.step} gap="sm" wrap="nowrap" align="flex-start">
            <Text w={130} style={{ flex: 'none' }}>
              {t(`settings.step.${step.step}`)}
            </Text>
            <div style={{ width: 110, flex: 'none' }}>
              <StatusBadge status={step.state} />
            </div>
            <div style={{ minWidth: 0 }}>
              <Text style={{ overflowWrap: 'anywhere' }}>{step.detail}</Text>
              {step.remedy === '' ? null : <Text fw={600}>{step.remedy}</Text>}
            </div>
          </Group>
        ))}
      </Stack>
    </Alert>
  )
}
