import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Home } from '../../../shared/contract/workspace.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useMay } from '../../lib/use-overview.ts'
import { ComingUp, LastResults, RunningNow } from './CampaignLines.tsx'
import { Checklist } from './Checklist.tsx'
import { FirstStart } from './FirstStart.tsx'
import classes from './HomePage.module.css'
import { SampleNote } from './SampleNote.tsx'
import { WaitsForYou } from './WaitsForYou.tsx'

/** What needs attention today; on the first start, how to begin. */
export function HomePage() {
  const { t } = useTranslation()
  const overview = useAsk('workspace.overview', api.workspace.overview, {})
  const home = useAsk('workspace.home', api.workspace.home, {})
  const mayEdit = useMay('campaigns.edit')
  return (
    <Answer to={overview}>
      {around =>
        around.isEmpty ? (
          <FirstStart />
        ) : (
          <>
            <PageHeader
              title={t('home.title')}
              actions={
                mayEdit ? (
                  <LinkButton to="/campaigns" search={{ create: true }} leftSection={<Plus size={14} />}>
                    {t('home.newCampaign')}
                  </LinkButton>
                ) : null
              }
            />
            {around.hasSample ? <SampleNote /> : null}
            <Answer to={home}>
              {found => (
                <div className={nothingYet(found) ? '' : classes.layout}>
                  <div className={classes.column}>
                    <WaitsForYou home={found} />
                    {found.running.length > 0 ? <RunningNow lines={found.running} /> : null}
                    {nothingYet(found) ? null : (
                      <>
                        <ComingUp lines={found.next} />
                        <LastResults lines={found.recent} />
                      </>
                    )}
                  </div>
                  <Checklist steps={found.checklist} />
                </div>
              )}
            </Answer>
          </>
        )
      }
    </Answer>
  )
}

function nothingYet(home: Home): boolean {
  return home.running.length + home.next.length + home.recent.length === 0
}
