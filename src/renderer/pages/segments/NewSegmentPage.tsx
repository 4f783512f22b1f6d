import { Button, Text, Title, UnstyledButton } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ClipboardPaste } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { useRuleCatalogue } from '../../components/audience/use-rule-catalogue.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useMay } from '../../lib/use-overview.ts'
import { LeaveSegmentDialog } from './LeaveSegmentDialog.tsx'
import { PasteRuleDialog } from './PasteRuleDialog.tsx'
import { CreateSegmentDialog } from './SegmentDialogs.tsx'
import classes from './SegmentEditor.module.css'
import { SegmentEditor } from './SegmentEditor.tsx'
import { emptyRule, isStarter, ruleOf, STARTERS } from './segment-starters.ts'

/** A segment that is being put together: empty, from a starter, or from a rule of another program. */
export function NewSegmentPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { start } = useSearch({ from: '/segments/new' })
  const catalogue = useRuleCatalogue()
  const mayEdit = useMay('contacts.edit')
  const [rule, setRule] = useState(() => (isStarter(start) ? ruleOf(start) : emptyRule()))
  const [beginning, setBeginning] = useState(0)
  const [pasted, setPasted] = useState<string | null>(null)
  const [isNaming, setIsNaming] = useState(false)
  const [isCreated, setIsCreated] = useState(false)
  const begin = (next: RuleGroup): void => {
    setRule(next)
    setBeginning(beginning + 1)
    setPasted(null)
  }
  const isEmpty = rule.rules.length === 0
  return (
    <>
      <PageHeader
        title={t('segments.newTitle')}
        actions={
          <>
            <Button variant="default" leftSection={<ClipboardPaste size={14} />} onClick={() => setPasted('')}>
              {t('segments.paste')}
            </Button>
            <Button disabled={isEmpty || !mayEdit} onClick={() => setIsNaming(true)}>
              {t('segments.saveNew')}
            </Button>
          </>
        }
      />
      <SegmentEditor
        beginning={beginning}
        rule={rule}
        catalogue={catalogue}
        segmentId={null}
        isReadOnly={!mayEdit}
        onChange={setRule}
        onForeignPaste={setPasted}
      >
        {isEmpty ? (
          <section aria-label={t('segments.beginWith')}>
            <Title order={2} fz="sm" mt="xl">
              {t('segments.beginWith')}
            </Title>
            <ul className={classes.starters}>
              {STARTERS.map(starter => (
                <li key={starter}>
                  <UnstyledButton className={classes.starter ?? ''} onClick={() => begin(ruleOf(starter))}>
                    <Text fw={500}>{t(`segments.starter_${starter}`)}</Text>
                    <Text fz="xs" c="dimmed">
                      {t(`segments.starterSays_${starter}`)}
                    </Text>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </SegmentEditor>
      {pasted === null ? null : <PasteRuleDialog text={pasted} onRule={begin} onClose={() => setPasted(null)} />}
      {isNaming ? (
        <CreateSegmentDialog
          rule={rule}
          onClose={() => setIsNaming(false)}
          onCreated={segment => {
            setIsCreated(true)
            void navigate({
              to: '/segments/$id',
              params: { id: segment.id },
              replace: true,
              ignoreBlocker: true,
            })
          }}
        />
      ) : null}
      <LeaveSegmentDialog isDirty={!isEmpty && !isCreated} />
    </>
  )
}
