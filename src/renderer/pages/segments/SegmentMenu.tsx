import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { Archive, ArchiveRestore, Camera, CopyPlus, Ellipsis, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SegmentRow } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'
import { DeleteSegmentDialog, SnapshotDialog } from './SegmentDialogs.tsx'

interface SegmentMenuProps {
  readonly segment: SegmentRow
  readonly mayEdit: boolean
  /** After it was deleted. */
  readonly onGone?: () => void
}

const UNDO_MS = 10_000

/** What can be done with a segment besides editing its rule. */
export function SegmentMenu({ segment, mayEdit, onGone }: SegmentMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const report = useReport()
  const [dialog, setDialog] = useState<'delete' | 'snapshot' | null>(null)
  const duplicate = useAct('segments.duplicate', api.segments.duplicate, {
    onDone: copy => void navigate({ to: '/segments/$id', params: { id: copy.id } }),
  })
  const refresh = useAct('segments.refreshNow', api.segments.refreshNow, {
    onDone: () => report.done(t('segments.refreshing')),
  })
  const archive = useAct('segments.archive', api.segments.archive)
  const isArchived = segment.archivedAt !== null
  const put = async (archived: boolean): Promise<void> => {
    await archive.mutateAsync({ id: segment.id, archived })
    const id = `archive-${segment.id}`
    const undo = (): void => {
      notifications.hide(id)
      archive.mutate({ id: segment.id, archived: !archived })
    }
    notifications.show({
      id,
      autoClose: UNDO_MS,
      withBorder: true,
      closeButtonProps: { 'aria-label': t('common.close') },
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text>{t(archived ? 'segments.wasArchived' : 'segments.wasRestored', { name: segment.name })}</Text>
          <Button size="compact-sm" variant="subtle" onClick={undo}>
            {t('segments.undo')}
          </Button>
        </Group>
      ),
    })
  }
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={210}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t('segments.actions', { name: segment.name })}>
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<CopyPlus size={14} />}
            disabled={!mayEdit}
            onClick={() => duplicate.mutate({ id: segment.id })}
          >
            {t('segments.duplicate')}
          </Menu.Item>
          <Menu.Item leftSection={<Camera size={14} />} disabled={!mayEdit} onClick={() => setDialog('snapshot')}>
            {t('segments.snapshot')}
          </Menu.Item>
          {segment.kind === 'dynamic' ? (
            <Menu.Item
              leftSection={<RefreshCw size={14} />}
              disabled={!mayEdit}
              onClick={() => refresh.mutate({ id: segment.id })}
            >
              {t('segments.refreshNow')}
            </Menu.Item>
          ) : null}
          <Menu.Divider />
          <Menu.Item
            leftSection={isArchived ? <ArchiveRestore size={14} /> : <Archive size={14} />}
            disabled={!mayEdit}
            onClick={() => void put(!isArchived).catch(() => undefined)}
          >
            {t(isArchived ? 'segments.restore' : 'segments.archive')}
          </Menu.Item>
          <Menu.Item
            c="var(--t-bad)"
            leftSection={<Trash2 size={14} />}
            disabled={!mayEdit}
            onClick={() => setDialog('delete')}
          >
            {t('segments.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'delete' ? (
        <DeleteSegmentDialog segment={segment} onClose={() => setDialog(null)} {...(onGone ? { onGone } : {})} />
      ) : null}
      {dialog === 'snapshot' ? <SnapshotDialog segment={segment} onClose={() => setDialog(null)} /> : null}
    </>
  )
}
