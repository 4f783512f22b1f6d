import { Checkbox, Progress, Radio, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactExport } from '../../../shared/contract/contacts.ts'
import { api, fetchDownload } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import type { BulkTarget } from './use-bulk.ts'

interface ExportDialogProps {
  readonly target: BulkTarget
  /** The columns that the table shows. */
  readonly columns: readonly string[]
  readonly onClose: () => void
}

const FORMATS = ['csv', 'xlsx', 'json', 'vcard'] as const
// A worksheet has 1,048,576 rows, the one with the headings included.
const MOST_SHEET_CONTACTS = 1_048_575
const LOOK_EVERY_MS = 400

/** Asks for the format and the columns of an export, shows how it goes on, and saves the file. */
export function ExportDialog({ target, columns, onClose }: ExportDialogProps) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('csv')
  const [isShownOnly, setShownOnly] = useState(false)
  const [isSafe, setSafe] = useState(true)
  const [id, setId] = useState<string | null>(null)
  const start = useAct('contacts.startExport', api.contacts.startExport, {
    showsError: true,
    onDone: begun => setId(begun.id),
  })
  const cancel = useAct('contacts.cancelExport', api.contacts.cancelExport)
  const isTable = format === 'csv' || format === 'xlsx'
  const request: ContactExport = {
    ...filterOf(target),
    format,
    columns: isTable && isShownOnly ? [...columns] : null,
    safeForSpreadsheets: isSafe,
  }
  return (
    <ConfirmDialog
      opened
      title={t('contacts.exportTitle', { count: target.count })}
      says={id === null ? '' : t('contacts.exportGoesOn')}
      confirm={t('contacts.exportConfirm', { count: target.count })}
      busy={start.isPending || id !== null}
      error={start.error}
      onConfirm={() => start.mutate(request)}
      onClose={() => {
        if (id !== null) cancel.mutate({ id })
        onClose()
      }}
    >
      {id === null ? (
        <Stack gap="md">
          <Radio.Group
            label={t('contacts.exportFormat')}
            value={format}
            onChange={value => setFormat(FORMATS.find(one => one === value) ?? 'csv')}
          >
            <Stack gap={6} mt={4}>
              {FORMATS.map(one => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`contacts.format_${one}`)}
                  description={t(`contacts.formatSays_${one}`)}
                  disabled={one === 'xlsx' && target.count > MOST_SHEET_CONTACTS}
                />
              ))}
            </Stack>
          </Radio.Group>
          {isTable ? (
            <Checkbox
              label={t('contacts.exportShown')}
              checked={isShownOnly}
              onChange={event => setShownOnly(event.currentTarget.checked)}
            />
          ) : null}
          {format === 'csv' ? (
            <Checkbox
              label={t('contacts.exportSafe')}
              description={t('contacts.exportSafeSays')}
              checked={isSafe}
              onChange={event => setSafe(event.currentTarget.checked)}
            />
          ) : null}
        </Stack>
      ) : (
        <ExportProgress id={id} onClose={onClose} />
      )}
    </ConfirmDialog>
  )
}

function ExportProgress({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const report = useReport()
  const progress = useAsk('contacts.exportState', api.contacts.exportState, { id }, { everyMs: LOOK_EVERY_MS }).data
  useEffect(() => {
    if (!progress || progress.state === 'running') return
    if (progress.file) {
      fetchDownload(progress.file.token)
      report.done(t('contacts.exportDone', { count: progress.written }))
    } else if (progress.state === 'failed') report.failed(new Error(progress.reason))
    onClose()
  }, [progress, onClose, report, t])
  const share = progress && progress.total > 0 ? progress.written / progress.total : 0
  return (
    <Stack gap={4}>
      <Progress value={share * 100} aria-label={t('contacts.exportGoesOn')} />
      <Text c="dimmed" fz="xs" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {t('common.doneOfTotal', {
          done: formats.number(progress?.written ?? 0),
          total: formats.number(progress?.total ?? 0),
        })}
      </Text>
    </Stack>
  )
}

function filterOf({ selection }: BulkTarget) {
  const nothing = { search: '', listId: null, tagId: null, conditions: [] }
  return selection.kind === 'ids'
    ? { ...nothing, ids: selection.ids, except: [] }
    : { ...selection.filter, ids: null, except: selection.except }
}
