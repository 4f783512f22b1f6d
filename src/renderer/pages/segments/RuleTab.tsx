import { Alert, Button, Group, Portal, Text, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { CircleAlert, ClipboardPaste } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../../shared/contract/failure.ts'
import type { Segment } from '../../../shared/contract/segments.ts'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { api } from '../../api.ts'
import { useRuleCatalogue } from '../../components/audience/use-rule-catalogue.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'
import { LeaveSegmentDialog } from './LeaveSegmentDialog.tsx'
import { PasteRuleDialog } from './PasteRuleDialog.tsx'
import { SegmentEditor } from './SegmentEditor.tsx'

interface RuleTabProps {
  readonly segment: Segment
  readonly mayEdit: boolean
  readonly isShown: boolean
  /** Where the page keeps its buttons. */
  readonly actionsPlace: HTMLElement | null
  /** Hears whether there are changes that are not saved. */
  readonly onDirty: (isDirty: boolean) => void
}

/** The rule of a segment, edited and saved. */
export function RuleTab({ segment, mayEdit, isShown, actionsPlace, onDirty }: RuleTabProps) {
  const { t } = useTranslation()
  const report = useReport()
  const catalogue = useRuleCatalogue()
  const [stored, setStored] = useState(segment)
  const [rule, setRule] = useState(segment.rule)
  const [beginning, setBeginning] = useState(0)
  const [pasted, setPasted] = useState<string | null>(null)
  const isFixed = segment.kind === 'static'
  const isDirty = JSON.stringify(rule) !== JSON.stringify(stored.rule)
  useEffect(() => onDirty(isDirty), [onDirty, isDirty])
  const save = useAct('segments.save', api.segments.save, {
    showsError: true,
    onDone: saved => {
      setStored(saved)
      report.done(t('segments.saved'))
    },
  })
  const look = useAct('segments.get', api.segments.get)
  const isConflict = save.error instanceof AppError && save.error.code === 'conflict'
  const saveOver = async (version: number): Promise<void> => {
    const { id, name, description, refresh } = segment
    await save.mutateAsync({ id, version, name, description, refresh, rule })
  }
  // Other parts of the segment may have been saved from the settings; only somebody else's rule is a conflict.
  const version = JSON.stringify(segment.rule) === JSON.stringify(stored.rule) ? segment.version : stored.version
  const saveNow = (): void => {
    if (isDirty && mayEdit && !isFixed) saveOver(version).catch(() => undefined)
  }
  const begin = (next: RuleGroup): void => {
    setRule(next)
    setBeginning(beginning + 1)
    setPasted(null)
  }
  const reload = async (): Promise<void> => {
    const latest = await look.mutateAsync({ id: segment.id })
    save.reset()
    setStored(latest)
    begin(latest.rule)
  }
  const overwrite = async (): Promise<void> => saveOver((await look.mutateAsync({ id: segment.id })).version)
  useHotkeys([['mod+S', saveNow]], [], true)
  return (
    <>
      {isShown && actionsPlace && mayEdit && !isFixed ? (
        <Portal target={actionsPlace}>
          <Button variant="default" leftSection={<ClipboardPaste size={14} />} onClick={() => setPasted('')}>
            {t('segments.paste')}
          </Button>
          <Tooltip label={t('segments.saveHint')}>
            <Button disabled={!isDirty} loading={save.isPending} onClick={saveNow} ml="sm">
              {t('segments.save')}
            </Button>
          </Tooltip>
        </Portal>
      ) : null}
      {isFixed ? (
        <Text c="dimmed" mb="sm">
          {t('segments.fixedSays')}
        </Text>
      ) : null}
      {isConflict ? (
        <Alert color="yellow" variant="light" icon={<CircleAlert size={16} />} title={t('segments.conflict')} mb="md">
          {t('segments.conflictSays')}
          <Group mt="sm" gap="sm">
            <Button variant="default" onClick={() => overwrite().catch(() => undefined)}>
              {t('segments.overwrite')}
            </Button>
            <Button variant="default" onClick={() => reload().catch(() => undefined)}>
              {t('segments.reload')}
            </Button>
          </Group>
        </Alert>
      ) : save.error ? (
        <ErrorNote error={save.error} title={t('segments.notSaved')} />
      ) : null}
      <SegmentEditor
        beginning={beginning}
        rule={rule}
        catalogue={catalogue}
        segmentId={segment.id}
        isReadOnly={!mayEdit || isFixed}
        onChange={setRule}
        onForeignPaste={setPasted}
      />
      {pasted === null ? null : <PasteRuleDialog text={pasted} onRule={begin} onClose={() => setPasted(null)} />}
      <LeaveSegmentDialog isDirty={isDirty} onSave={async () => saveOver(version)} />
    </>
  )
}
