import { Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Segment, SegmentKind, SegmentRefresh, type SegmentRow } from '../../../shared/contract/segments.ts'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'
import { UseList } from './UseList.tsx'

/** Names a new segment, and chooses whether it follows its rule or keeps the people of now. */
export function CreateSegmentDialog(props: {
  readonly rule: RuleGroup
  readonly onClose: () => void
  readonly onCreated: (segment: Segment) => void
}) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [kind, setKind] = useState<SegmentKind>('dynamic')
  const [refresh, setRefresh] = useState<SegmentRefresh>('daily')
  const create = useAct('segments.create', api.segments.create, { showsError: true, onDone: props.onCreated })
  return (
    <ConfirmDialog
      opened
      title={t('segments.createTitle')}
      says=""
      confirm={t('segments.createConfirm')}
      busy={create.isPending}
      error={create.error}
      disabled={name.trim() === ''}
      onConfirm={() =>
        create.mutate({ name: name.trim(), description: description.trim(), kind, refresh, rule: props.rule })
      }
      onClose={props.onClose}
    >
      <TextInput
        label={t('segments.name')}
        data-autofocus
        maxLength={100}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('segments.description')}
        maxLength={1000}
        autosize
        minRows={2}
        value={description}
        onChange={event => setDescription(event.currentTarget.value)}
      />
      <Radio.Group label={t('segments.kind')} value={kind} onChange={value => setKind(SegmentKind.parse(value))}>
        <Stack gap={6} mt={4}>
          <Radio value="dynamic" label={t('segments.kind_dynamic')} description={t('segments.dynamicSays')} />
          <Radio value="static" label={t('segments.kind_static')} description={t('segments.staticSays')} />
        </Stack>
      </Radio.Group>
      {kind === 'dynamic' ? <RefreshChoice value={refresh} onChange={setRefresh} /> : null}
    </ConfirmDialog>
  )
}

/** Chooses how often it is written down who entered and left. */
export function RefreshChoice(props: {
  readonly value: SegmentRefresh
  readonly isDisabled?: boolean
  readonly onChange: (refresh: SegmentRefresh) => void
}) {
  const { t } = useTranslation()
  return (
    <Select
      label={t('segments.refresh')}
      description={t('segments.refreshSays')}
      allowDeselect={false}
      disabled={props.isDisabled ?? false}
      data={SegmentRefresh.options.map(value => ({ value, label: t(`segments.refresh_${value}`) }))}
      value={props.value}
      onChange={value => (value === null ? undefined : props.onChange(SegmentRefresh.parse(value)))}
    />
  )
}

/** Makes a fixed segment of the people who are in one now. */
export function SnapshotDialog({ segment, onClose }: { readonly segment: SegmentRow; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [name, setName] = useState(t('segments.snapshotName', { name: segment.name }).slice(0, 100))
  const snapshot = useAct('segments.snapshot', api.segments.snapshot, {
    showsError: true,
    onDone: made => void navigate({ to: '/segments/$id', params: { id: made.id } }),
  })
  return (
    <ConfirmDialog
      opened
      title={t('segments.snapshotTitle')}
      says={t('segments.snapshotSays')}
      confirm={t('segments.snapshotConfirm')}
      busy={snapshot.isPending}
      error={snapshot.error}
      disabled={name.trim() === ''}
      onConfirm={() => snapshot.mutate({ id: segment.id, name: name.trim() })}
      onClose={onClose}
    >
      <TextInput
        label={t('segments.name')}
        data-autofocus
        maxLength={100}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}

/** Shows what uses a segment, and deletes it where nothing does. */
export function DeleteSegmentDialog(props: {
  readonly segment: SegmentRow
  readonly onClose: () => void
  readonly onGone?: () => void
}) {
  const { t } = useTranslation()
  const report = useReport()
  const { segment } = props
  const used = useAsk('segments.usedBy', api.segments.usedBy, { id: segment.id })
  const remove = useAct('segments.remove', api.segments.remove, {
    showsError: true,
    onDone: () => {
      report.done(t('segments.deleted', { name: segment.name }))
      props.onClose()
      props.onGone?.()
    },
  })
  const uses = used.data?.uses ?? []
  return (
    <ConfirmDialog
      opened
      danger
      title={t('segments.deleteTitle', { name: segment.name })}
      says={uses.length > 0 ? t('segments.deleteUsed') : t('segments.deleteSays')}
      confirm={t('segments.deleteConfirm')}
      busy={remove.isPending}
      error={remove.error}
      disabled={used.data === undefined || uses.length > 0}
      onConfirm={() => remove.mutate({ id: segment.id })}
      onClose={props.onClose}
    >
      <Answer to={used}>
        {answer =>
          answer.uses.length > 0 ? (
            <UseList uses={answer.uses} />
          ) : (
            <Text c="dimmed">{t('segments.usedByNothing')}</Text>
          )
        }
      </Answer>
    </ConfirmDialog>
  )
}
