import { Tabs } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAsk } from '../../lib/requests.ts'
import { CampaignActions } from './CampaignActions.tsx'
import classes from './CampaignPage.module.css'
import { MessageTab } from './tabs/MessageTab.tsx'
import { OverviewTab } from './tabs/OverviewTab.tsx'
import { RecipientsTab } from './tabs/RecipientsTab.tsx'
import { SettingsTab } from './tabs/SettingsTab.tsx'

const TABS = ['overview', 'recipients', 'message', 'settings'] as const

/** One campaign that was started, or is about to be: how it goes, who got it, what was sent. */
export function CampaignPage() {
  const { id } = useParams({ from: '/campaigns/$id' })
  const campaign = useAsk('campaigns.get', api.campaigns.get, { id })
  return <Answer to={campaign}>{answer => <Opened key={answer.id} campaign={answer} />}</Answer>
}

function Opened({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<string | null>('overview')
  return (
    <>
      <PageHeader
        title={campaign.name}
        aside={<StatusBadge status={campaign.status} />}
        actions={<CampaignActions campaign={campaign} />}
      />
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.tabs ?? ''}>
        <Tabs.List aria-label={t('results.tabs')} mb="md">
          {TABS.map(one => (
            <Tabs.Tab key={one} value={one}>
              {t(`results.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview" className={classes.scrolls ?? ''}>
          <OverviewTab campaign={campaign} />
        </Tabs.Panel>
        <Tabs.Panel value="recipients" className={classes.fills ?? ''}>
          <RecipientsTab campaign={campaign} />
        </Tabs.Panel>
        <Tabs.Panel value="message" className={classes.fills ?? ''}>
          <MessageTab campaign={campaign} />
        </Tabs.Panel>
        <Tabs.Panel value="settings" className={classes.scrolls ?? ''}>
          <SettingsTab campaign={campaign} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
