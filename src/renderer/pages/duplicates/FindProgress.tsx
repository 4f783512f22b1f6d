import { useTranslation } from 'react-i18next'
import type { Job } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { ProgressLine } from '../../components/ProgressLine.tsx'
import { useAsk } from '../../lib/requests.ts'

const LOOK_EVERY_MS = 1000

/** How far the search for duplicates is. */
export function FindProgress({ jobId }: { readonly jobId: Job['id'] }) {
  const { t } = useTranslation()
  const jobs = useAsk('activity.jobs', api.activity.jobs, { limit: 20 }, { everyMs: LOOK_EVERY_MS })
  const job = jobs.data?.rows.find(({ id }) => id === jobId)
  return <ProgressLine label={t('duplicates.finding')} done={job?.done ?? 0} total={job?.total ?? null} />
}
