import { Tabs } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/PageHeader.tsx'
import { AuditTrail } from './AuditTrail.tsx'
import { JobTable } from './JobTable.tsx'

/** Everything that runs or ran in the background, and who did what. */
export function ActivityPage() {
  const { t } = useTranslation()
  const [tab, setTab] = useState<string | null>('jobs')
  return (
    <>
      <PageHeader title={t('activity.title')} />
      <Tabs
        value={tab}
        onChange={setTab}
        keepMounted={false}
        style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
      >
        <Tabs.List>
          <Tabs.Tab value="jobs">{t('activity.jobs')}</Tabs.Tab>
          <Tabs.Tab value="audit">{t('activity.audit')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="jobs" pt="sm">
          <JobTable />
        </Tabs.Panel>
        <Tabs.Panel value="audit" pt="sm" style={{ flex: 1, minHeight: 0, display: 'flex' }}>
          <AuditTrail />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
