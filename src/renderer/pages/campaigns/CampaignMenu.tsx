import { Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Copy, FolderOpen, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CampaignRow } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'

/** What can be done with a campaign of the table, where the pointer is. */
export function CampaignMenu(props: {
  readonly at: { readonly row: CampaignRow; readonly x: number; readonly y: number } | null
  readonly mayEdit: boolean
  readonly onOpen: (row: CampaignRow) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const report = useReport()
  const [deleting, setDeleting] = useState<CampaignRow | null>(null)
  const duplicate = useAct('campaigns.duplicate', api.campaigns.duplicate, {
    onDone: copy => {
      report.done(t('campaigns.copyOpened'))
      void navigate({ to: '/campaigns/$id/edit', params: { id: copy.id } })
    },
  })
  const remove = useAct('campaigns.remove', api.campaigns.remove, {
    showsError: true,
    onDone: () => setDeleting(null),
  })
  const { at } = props
  return (
    <>
      {at ? (
        <Menu opened onClose={props.onClose} position="bottom-start" width={200} shadow="md" returnFocus>
          <Menu.Target>
            <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<FolderOpen size={14} />} rightSection="Enter" onClick={() => props.onOpen(at.row)}>
              {t('campaigns.open')}
            </Menu.Item>
            <Menu.Item
              leftSection={<Copy size={14} />}
              disabled={!props.mayEdit}
              onClick={() => duplicate.mutate({ id: at.row.id })}
            >
              {t('campaigns.duplicate')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color="red"
              leftSection={<Trash2 size={14} />}
              disabled={!props.mayEdit}
              onClick={() => setDeleting(at.row)}
            >
              {t('campaigns.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {deleting ? (
        <ConfirmDialog
          opened
          danger
          title={t('campaigns.deleteTitle', { name: deleting.name })}
          says={t('campaigns.deleteSays')}
          confirm={t('campaigns.delete')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ id: deleting.id })}
          onClose={() => setDeleting(null)}
        />
      ) : null}
    </>
  )
}
