import { Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WholeCheck } from '../../../shared/contract/import-checks.ts'
import type { InspectionRequest } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { ProgressLine } from '../../components/ProgressLine.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'

/** Offers to check every row of a file that is too large to be checked at once, shows how far that is, and can stop it. */
export function WholeCheckButton({ request }: { readonly request: InspectionRequest }) {
  const { t } = useTranslation()
  const [check, setCheck] = useState<WholeCheck | null>(null)
  const start = useAct('imports.checkWhole', api.imports.checkWhole, { onDone: setCheck })
  if (check === null) {
    return (
      <Button
        variant="light"
        size="compact-sm"
        mt="xs"
        leftSection={<ListChecks size={14} />}
        loading={start.isPending}
        onClick={() => start.mutate(request)}
      >
        {t('imports.checkWhole')}
      </Button>
    )
  }
  // Another mapping or another policy asks another question: the running check answers the old one.
  return <Running key={check.id} id={check.id} onOver={() => setCheck(null)} />
}

function Running({ id, onOver }: { readonly id: string; readonly onOver: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const stop = useAct('imports.stopCheck', api.imports.stopCheck, { onDone: onOver })
  const { data } = useAsk('imports.wholeCheck', api.imports.wholeCheck, { id }, { everyMs: 300 })
  const isOver = data !== undefined && data.state !== 'running'
  useEffect(() => {
    if (!isOver) return
    void client.invalidateQueries({ queryKey: ['fixed'] })
    onOver()
  }, [isOver, client, onOver])
  return (
    <Stack gap={4} mt="xs">
      <ProgressLine
        label={t('imports.checkWhole')}
        done={data?.fractionDone ?? 0}
        total={1}
        shareOnly
        secondsLeft={data?.secondsLeft ?? null}
      />
      <Group justify="space-between">
        <Text fz="xs" c="dimmed">
          {t('imports.checkedRows', { count: data?.rows ?? 0 })}
        </Text>
        <Button variant="subtle" size="compact-xs" onClick={() => stop.mutate({ id })}>
          {t('imports.checkStop')}
        </Button>
      </Group>
    </Stack>
  )
}
