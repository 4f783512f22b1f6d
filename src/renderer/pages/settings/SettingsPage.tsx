import { Tabs } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/PageHeader.tsx'
import { AccountsTab } from './AccountsTab.tsx'
import { AppearanceTab } from './AppearanceTab.tsx'
import { DataTab } from './DataTab.tsx'
import { ScoringTab } from './ScoringTab.tsx'
import classes from './SettingsPage.module.css'
import { TeamTab } from './TeamTab.tsx'
import { WorkspaceTab } from './WorkspaceTab.tsx'

const TABS = ['general', 'accounts', 'team', 'scoring', 'appearance', 'data'] as const
type Tab = (typeof TABS)[number]
const PANELS: Readonly<Record<Tab, () => React.JSX.Element>> = {
  general: WorkspaceTab,
  accounts: AccountsTab,
  team: TeamTab,
  scoring: ScoringTab,
  appearance: AppearanceTab,
  data: DataTab,
}

/** The settings, a tab for each part; the tab is in the address. */
export function SettingsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const params = useParams({ from: '/settings/$tab' })
  const tab = TABS.find(one => one === params.tab) ?? 'general'
  const Panel = PANELS[tab]
  return (
    <>
      <PageHeader title={t('settings.title')} />
      <Tabs
        className={classes.tabs ?? ''}
        value={tab}
        keepMounted={false}
        onChange={value => void navigate({ to: '/settings/$tab', params: { tab: value ?? 'general' }, replace: true })}
      >
        <Tabs.List aria-label={t('settings.tabs')} mb="lg">
          {TABS.map(one => (
            <Tabs.Tab key={one} value={one}>
              {t(`settings.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.panel ?? ''}>
          <Panel />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
