import type { ContactFilter } from '../../shared/contract/contacts.ts'
import { api, fetchDownload } from '../api.ts'
import { useAct } from './requests.ts'

/** Writes the contacts that match to a CSV file and saves it. */
export function useCsvExport(): { readonly busy: boolean; readonly run: (filter: ContactFilter) => void } {
  const act = useAct('contacts.export', api.contacts.export, { onDone: file => fetchDownload(file.token) })
  return { busy: act.isPending, run: filter => act.mutate(filter) }
}
