import { Button, Group, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { ScanSearch, Users } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DuplicateGroup, MergePlan } from '../../../shared/contract/duplicates.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ContactTabs } from '../../components/ContactTabs.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import classes from '../../components/ListAndPane.module.css'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { FindProgress } from './FindProgress.tsx'
import { GroupList, MOST_SHOWN } from './GroupList.tsx'
import { MergePane } from './MergePane.tsx'
import { useMerging } from './use-merging.ts'

const STEP = 30
// From here on a group has at least two strong signs, such as the same mailbox and the same name.
const SURE = 0.95

/** Contacts that may be one person: look for them, compare, merge or keep apart. */
export function DuplicatesPage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const mayEdit = useMay('contacts.edit')
  const [limit, setLimit] = useState(STEP)
  const [asking, setAsking] = useState(false)
  const groups = useAsk('duplicates.groups', api.duplicates.groups, { limit }, { keepLast: true })
  const sure = useAsk('duplicates.groups', api.duplicates.groups, { least: SURE, limit: 1 }, { keepLast: true })
  const merging = useMerging(() => setAsking(false))
  const find = (
    <Button
      variant={groups.data?.total ? 'default' : 'filled'}
      leftSection={<ScanSearch size={14} />}
      disabled={!mayEdit || groups.data?.jobId != null}
      loading={merging.find.isPending}
      onClick={() => merging.find.mutate({})}
    >
      {groups.data?.foundAt == null ? t('duplicates.find') : t('duplicates.findAgain')}
    </Button>
  )
  return (
    <>
      <ContactTabs />
      <PageHeader
        title={t('duplicates.title')}
        aside={groups.data?.total ? t('duplicates.count', { count: groups.data.total }) : null}
        says={t('duplicates.says')}
        actions={
          groups.data?.total ? (
            <Group gap="xs">
              {groups.data.foundAt === null ? null : (
                <Text fz="xs" c="dimmed">
                  {t('duplicates.foundAt', { at: formats.when(groups.data.foundAt) })}
                </Text>
              )}
              {find}
              <Button variant="default" disabled={!mayEdit || !sure.data?.total} onClick={() => setAsking(true)}>
                {t('duplicates.mergeAll')}
              </Button>
            </Group>
          ) : null
        }
      />
      <Answer to={groups}>
        {({ rows, total, foundAt, jobId }) => (
          <>
            {jobId === null ? null : <FindProgress jobId={jobId} />}
            {total === 0 ? (
              <EmptyState
                icon={Users}
                title={foundAt === null ? t('duplicates.firstTitle') : t('duplicates.noneTitle')}
                says={foundAt === null ? t('duplicates.firstSays') : t('duplicates.noneSays')}
                action={find}
              />
            ) : (
              <Panes
                groups={rows}
                total={total}
                mayEdit={mayEdit}
                merging={merging}
                onMore={() => setLimit(Math.min(MOST_SHOWN, limit + STEP))}
              />
            )}
          </>
        )}
      </Answer>
      {asking ? (
        <ConfirmDialog
          opened
          title={t('duplicates.mergeAllTitle', { share: formats.percent(SURE) })}
          says={`${t('duplicates.count', { count: sure.data?.total ?? 0 })}. ${t('duplicates.mergeAllSays')}`}
          confirm={t('duplicates.mergeAllConfirm')}
          busy={merging.mergeAll.isPending}
          error={merging.mergeAll.error}
          onConfirm={() => merging.mergeAll.mutate({ least: SURE })}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}

function Panes(props: {
  readonly groups: readonly DuplicateGroup[]
  readonly total: number
  readonly mayEdit: boolean
  readonly merging: ReturnType<typeof useMerging>
  readonly onMore: () => void
}) {
  const { groups, merging, mayEdit } = props
  const [chosen, setChosen] = useState<number | null>(null)
  const at = Math.max(
    0,
    groups.findIndex(({ no }) => no === chosen),
  )
  const group = groups[at]
  const plan = useRef<{ no: number; plan: MergePlan } | null>(null)
  const go = (by: number): void => setChosen(groups[Math.min(groups.length - 1, Math.max(0, at + by))]?.no ?? null)
  const merge = (wish: MergePlan): void => {
    if (!group || !mayEdit || merging.busy) return
    setChosen(groups[at + 1]?.no ?? null)
    merging.merge(group, wish)
  }
  const dismiss = (): void => {
    if (!group || !mayEdit || merging.busy) return
    setChosen(groups[at + 1]?.no ?? null)
    merging.dismiss(group)
  }
  useHotkeys([
    ['j', () => go(1)],
    ['k', () => go(-1)],
    ['d', dismiss],
    ['m', () => group && merge(plan.current?.no === group.no ? plan.current.plan : group.suggestion)],
  ])
  if (!group) return null
  return (
    <div className={classes.panes}>
      <div className={classes.list}>
        <GroupList groups={groups} total={props.total} shown={group.no} onChoose={setChosen} onMore={props.onMore} />
      </div>
      <div className={classes.pane} style={{ overflow: 'auto' }}>
        <MergePane
          key={`${group.no} ${group.contacts.length}`}
          group={group}
          mayEdit={mayEdit}
          busy={merging.busy}
          onMerge={merge}
          onDismiss={dismiss}
          onPlan={next => {
            plan.current = { no: group.no, plan: next }
          }}
        />
      </div>
    </div>
  )
}
