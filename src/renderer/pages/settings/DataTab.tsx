import { Alert, Button, Code, CopyButton, Group, Stack, Table, Text, Title } from '@mantine/core'
import { CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LedgerReport } from '../../../shared/contract/workspace.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAct } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay, useOverview } from '../../lib/use-overview.ts'
import classes from './SettingsPage.module.css'

/** Where the data lives, the sample, and the check of the ledger. */
export function DataTab() {
  const { t } = useTranslation()
  const overview = useOverview()
  return (
    <div className={classes.facts}>
      <Title order={2}>{t('settings.folder')}</Title>
      <Stack gap="xs" align="flex-start">
        <Group gap="sm">
          <Code>{overview?.folder}</Code>
          <CopyButton value={overview?.folder ?? ''}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {copied ? t('settings.copied') : t('settings.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Text c="dimmed">{t('settings.folderSays')}</Text>
      </Stack>
      <Title order={2}>{t('settings.secrets')}</Title>
      <Text>{overview ? t(`settings.secrets_${overview.secretsKeptBy}`) : ''}</Text>
      <Title order={2}>{t('settings.sample')}</Title>
      <Sample hasSample={overview?.hasSample ?? false} />
      <Title order={2}>{t('settings.ledger')}</Title>
      <Ledger />
      <Title order={2}>{t('settings.version')}</Title>
      <Text>{overview?.version}</Text>
    </div>
  )
}

function Sample({ hasSample }: { readonly hasSample: boolean }) {
  const { t } = useTranslation()
  const mayManage = useMay('workspace.manage')
  const [isAsking, setIsAsking] = useState(false)
  const load = useAct('workspace.loadSample', api.workspace.loadSample)
  const remove = useAct('workspace.removeSample', api.workspace.removeSample, {
    showsError: true,
    onDone: () => setIsAsking(false),
  })
  return (
    <Stack gap="xs" align="flex-start">
      <Text c="dimmed">{t('settings.sampleSays')}</Text>
      {hasSample ? (
        <Button variant="default" disabled={!mayManage} onClick={() => setIsAsking(true)}>
          {t('settings.removeSample')}
        </Button>
      ) : (
        <Button variant="default" disabled={!mayManage} loading={load.isPending} onClick={() => load.mutate({})}>
          {t('settings.loadSample')}
        </Button>
      )}
      <ConfirmDialog
        opened={isAsking}
        danger
        title={t('settings.removeSampleTitle')}
        says={t('settings.removeSampleSays')}
        confirm={t('settings.removeSample')}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({})}
        onClose={() => setIsAsking(false)}
      />
    </Stack>
  )
}

function Ledger() {
  const { t } = useTranslation()
  const verify = useAct('workspace.verifyLedger', api.workspace.verifyLedger, { showsError: true })
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">{t('settings.ledgerSays')}</Text>
      <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate({})}>
        {t('settings.verify')}
      </Button>
      {verify.error ? <ErrorNote error={verify.error} title={t('common.notDone')} /> : null}
      {verify.data ? <LedgerTable report={verify.data} /> : null}
    </Stack>
  )
}

function LedgerTable({ report }: { readonly report: LedgerReport }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Stack gap="sm" w="100%">
      <Alert
        role="status"
        variant="light"
        color={report.ok ? 'green' : 'red'}
        icon={report.ok ? <CircleCheck size={16} /> : <CircleX size={16} />}
        title={report.ok ? t('settings.ledgerOk') : t('settings.ledgerBad')}
      />
      <Table verticalSpacing={4} aria-label={t('settings.ledger')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('settings.check')}</Table.Th>
            <Table.Th>{t('settings.state')}</Table.Th>
            <Table.Th ta="right">{t('settings.rows')}</Table.Th>
            <Table.Th>{t('settings.found')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.checks.map(check => (
            <Table.Tr key={check.name}>
              <Table.Td>{check.name}</Table.Td>
              <Table.Td>
                <StatusBadge status={check.ok ? 'ok' : 'error'} />
              </Table.Td>
              <Table.Td className="t-num">{formats.number(check.rows)}</Table.Td>
              <Table.Td>{check.found || '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}
