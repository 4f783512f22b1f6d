import { ActionIcon, Anchor, Menu, Table, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { Archive, ArchiveRestore, Copy, Ellipsis, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TemplateRow } from '../../../shared/contract/templates.ts'
import { api } from '../../api.ts'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Time } from '../../components/Figures.tsx'
import { useAct } from '../../lib/requests.ts'

/** Templates as a table; a row opens its template, its menu copies, archives or deletes it. */
export function TemplateTable(props: { readonly rows: readonly TemplateRow[]; readonly mayEdit: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [deleting, setDeleting] = useState<TemplateRow | null>(null)
  const duplicate = useAct('templates.duplicate', api.templates.duplicate, {
    onDone: copy => void navigate({ to: '/templates/$id', params: { id: copy.id } }),
  })
  const archive = useAct('templates.archive', api.templates.archive)
  return (
    <>
      <Table highlightOnHover verticalSpacing={4} aria-label={t('templates.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('common.name')}</Table.Th>
            <Table.Th>{t('common.channel')}</Table.Th>
            <Table.Th>{t('templates.category')}</Table.Th>
            <Table.Th ta="right">{t('templates.usedBy')}</Table.Th>
            <Table.Th ta="right">{t('templates.updated')}</Table.Th>
            <Table.Th w={44} aria-label={t('common.more')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.rows.map(row => (
            <Table.Tr key={row.id}>
              <Table.Td maw={420}>
                <Anchor
                  renderRoot={props => <Link to="/templates/$id" params={{ id: row.id }} {...props} />}
                  fw={500}
                  c="inherit"
                >
                  {row.name}
                </Anchor>
                <Text fz="xs" c="dimmed" truncate>
                  {row.summary}
                </Text>
              </Table.Td>
              <Table.Td>
                <ChannelIcon channel={row.channel} /> {t(`common.channel_${row.channel}`)}
              </Table.Td>
              <Table.Td>{row.category === '' ? <Text c="dimmed">–</Text> : row.category}</Table.Td>
              <Table.Td className="t-num">
                {row.usedBy === 0 ? (
                  <Text c="dimmed">{t('templates.notUsed')}</Text>
                ) : (
                  t('templates.usedByCount', { count: row.usedBy })
                )}
              </Table.Td>
              <Table.Td className="t-num">
                <Time at={row.updatedAt} />
              </Table.Td>
              <Table.Td>
                <Menu position="bottom-end" shadow="md">
                  <Menu.Target>
                    <ActionIcon aria-label={t('templates.actionsFor', { name: row.name })} disabled={!props.mayEdit}>
                      <Ellipsis size={16} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<Copy size={14} />} onClick={() => duplicate.mutate({ id: row.id })}>
                      {t('templates.duplicate')}
                    </Menu.Item>
                    <Menu.Item
                      leftSection={row.archivedAt === null ? <Archive size={14} /> : <ArchiveRestore size={14} />}
                      onClick={() => archive.mutate({ id: row.id, archived: row.archivedAt === null })}
                    >
                      {row.archivedAt === null ? t('templates.archive') : t('templates.unarchive')}
                    </Menu.Item>
                    <Menu.Divider />
                    <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={() => setDeleting(row)}>
                      {t('templates.delete')}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {deleting ? <DeleteTemplate row={deleting} onClose={() => setDeleting(null)} /> : null}
    </>
  )
}

function DeleteTemplate({ row, onClose }: { readonly row: TemplateRow; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const remove = useAct('templates.remove', api.templates.remove, { showsError: true, onDone: onClose })
  return (
    <ConfirmDialog
      opened
      danger
      title={t('templates.deleteTitle', { name: row.name })}
      says={row.usedBy > 0 ? t('templates.deleteUsed') : t('templates.deleteSays')}
      confirm={t('templates.delete')}
      disabled={row.usedBy > 0}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: row.id })}
      onClose={onClose}
    />
  )
}
