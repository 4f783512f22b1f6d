import { ActionIcon, Button, Menu, Table, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Ellipsis, ListChecks, Pencil, Plus, Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListSummary } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Num, Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useMay } from '../../lib/use-overview.ts'
import { DeleteListDialog, type ListDialogKind, NameListDialog } from './ListDialogs.tsx'

/** Every list with its numbers. */
export function ListsPage() {
  const { t } = useTranslation()
  const mayEdit = useMay('contacts.edit')
  const answer = useAsk('lists.all', api.lists.all, {})
  const [dialog, setDialog] = useState<ListDialogKind | null>(null)
  const close = (): void => setDialog(null)
  const create = (
    <Button leftSection={<Plus size={14} />} disabled={!mayEdit} onClick={() => setDialog({ kind: 'create' })}>
      {t('lists.create')}
    </Button>
  )
  const count = answer.data?.lists.length ?? 0
  return (
    <>
      <PageHeader
        title={t('lists.title')}
        aside={count > 0 ? t('lists.count', { count }) : null}
        actions={count > 0 ? create : null}
      />
      <Answer to={answer}>
        {({ lists }) =>
          lists.length === 0 ? (
            <EmptyState icon={ListChecks} title={t('lists.emptyTitle')} says={t('lists.emptySays')} action={create} />
          ) : (
            <ListTable lists={lists} mayEdit={mayEdit} onDialog={setDialog} />
          )
        }
      </Answer>
      {dialog?.kind === 'create' ? <NameListDialog list={null} onClose={close} /> : null}
      {dialog?.kind === 'rename' ? <NameListDialog list={dialog.list} onClose={close} /> : null}
      {dialog?.kind === 'remove' ? <DeleteListDialog list={dialog.list} onClose={close} /> : null}
    </>
  )
}

interface ListTableProps {
  readonly lists: readonly ListSummary[]
  readonly mayEdit: boolean
  readonly onDialog: (dialog: ListDialogKind) => void
}

const FIGURES = ['members', 'active', 'unsubscribed', 'bounced'] as const

function ListTable({ lists, mayEdit, onDialog }: ListTableProps) {
  const { t } = useTranslation()
  return (
    <Table highlightOnHover verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('lists.name')}</Table.Th>
          {FIGURES.map(figure => (
            <Table.Th key={figure} ta="right" w={110}>
              {t(`lists.${figure}`)}
            </Table.Th>
          ))}
          <Table.Th ta="right" w={130}>
            {t('lists.updatedAt')}
          </Table.Th>
          <Table.Th w={44} aria-label={t('common.more')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lists.map(list => (
          <Table.Tr key={list.id}>
            <Table.Td>
              <LinkAnchor to="/contacts" search={{ list: list.id }} inherit fw={500}>
                {list.name}
              </LinkAnchor>
              {list.description ? (
                <Text fz="xs" c="dimmed" lineClamp={1}>
                  {list.description}
                </Text>
              ) : null}
            </Table.Td>
            {FIGURES.map(figure => (
              <Table.Td key={figure} ta="right">
                <Num value={list[figure]} />
              </Table.Td>
            ))}
            <Table.Td ta="right" c="dimmed">
              <Time at={list.updatedAt} />
            </Table.Td>
            <Table.Td>
              <ListMenu list={list} mayEdit={mayEdit} onDialog={onDialog} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function ListMenu({ list, mayEdit, onDialog }: { list: ListSummary } & Omit<ListTableProps, 'lists'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Menu position="bottom-end" shadow="md" width={180}>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('lists.actions', { name: list.name })}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Users size={14} />}
          onClick={() => void navigate({ to: '/contacts', search: { list: list.id } })}
        >
          {t('lists.show')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Pencil size={14} />}
          disabled={!mayEdit}
          onClick={() => onDialog({ kind: 'rename', list })}
        >
          {t('lists.rename')}
        </Menu.Item>
        <Menu.Item
          c="var(--t-bad)"
          leftSection={<Trash2 size={14} />}
          disabled={!mayEdit}
          onClick={() => onDialog({ kind: 'remove', list })}
        >
          {t('lists.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
