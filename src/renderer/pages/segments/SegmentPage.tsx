import { Tabs } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SegmentId } from '../../../shared/contract/define.ts'
import type { Segment } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { HistoryTab } from './HistoryTab.tsx'
import { PeopleTab } from './PeopleTab.tsx'
import { RuleTab } from './RuleTab.tsx'
import { SegmentMenu } from './SegmentMenu.tsx'
import classes from './SegmentPage.module.css'
import { SettingsTab } from './SettingsTab.tsx'
import { VersionsTab } from './VersionsTab.tsx'

const TABS = ['rule', 'people', 'history', 'versions', 'settings'] as const

/** One segment: its rule, its people, who came and went, and what uses it. */
export function SegmentPage() {
  const { id } = useParams({ from: '/segments/$id' })
  const segment = useAsk('segments.get', api.segments.get, { id: SegmentId.parse(id) }, { keepLast: true })
  return <Answer to={segment}>{answer => <Opened key={answer.id} segment={answer} />}</Answer>
}

function Opened({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const mayEdit = useMay('contacts.edit')
  const [tab, setTab] = useState<string | null>('rule')
  const [actions, setActions] = useState<HTMLElement | null>(null)
  const [isDirty, setIsDirty] = useState(false)
  const [restored, setRestored] = useState<Segment | null>(null)
  const state = [
    t(`segments.kind_${segment.kind}`),
    ...(segment.countedAt === null ? [] : [t('segments.peopleCount', { count: segment.people })]),
    t('segments.version', { version: segment.version, at: formats.when(segment.updatedAt) }),
    ...(segment.archivedAt === null ? [] : [t('segments.archived')]),
  ]
  return (
    <>
      <PageHeader
        title={segment.name}
        aside={state.join(' · ')}
        actions={
          <>
            <SegmentMenu segment={segment} mayEdit={mayEdit} onGone={() => void navigate({ to: '/segments' })} />
            {/* The open tab puts its own button here, so that the page has one place for it. */}
            <div ref={setActions} className={classes.actions} />
          </>
        }
      />
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.tabs ?? ''}>
        <Tabs.List mb="md">
          {TABS.map(name => (
            <Tabs.Tab key={name} value={name}>
              {t(`segments.tab_${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {/* What is being written stays while another tab is looked at. */}
        <Tabs.Panel value="rule" keepMounted className={classes.panel ?? ''}>
          <RuleTab
            key={restored?.version ?? 0}
            segment={restored !== null && restored.version > segment.version ? restored : segment}
            mayEdit={mayEdit}
            isShown={tab === 'rule'}
            actionsPlace={actions}
            onDirty={setIsDirty}
          />
        </Tabs.Panel>
        <Tabs.Panel value="people" className={classes.scroll ?? ''}>
          <PeopleTab segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={classes.scroll ?? ''}>
          <HistoryTab segment={segment} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" className={classes.scroll ?? ''}>
          <VersionsTab segment={segment} mayEdit={mayEdit} isDirty={isDirty} onRestored={setRestored} />
        </Tabs.Panel>
        <Tabs.Panel value="settings" className={classes.scroll ?? ''}>
          <SettingsTab segment={segment} mayEdit={mayEdit} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
