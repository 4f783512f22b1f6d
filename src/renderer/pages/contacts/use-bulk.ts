import { useTranslation } from 'react-i18next'
import type { BulkAction, ContactSelection } from '../../../shared/contract/contact-bulk.ts'
import { api } from '../../api.ts'
import { showChange } from '../../components/ChangeToast.tsx'
import { useAct } from '../../lib/requests.ts'

/** The contacts that something is done to, and how many they are. */
export interface BulkTarget {
  readonly selection: ContactSelection
  readonly count: number
}

/** What every dialog of an action is given. */
export interface BulkDialogProps {
  readonly target: BulkTarget
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Does something to many contacts in the background; a toast says how it goes on and offers Undo. */
export function useBulk(onDone: () => void) {
  const { t } = useTranslation()
  const act = useAct('contacts.bulk', api.contacts.bulk, {
    showsError: true,
    onDone: ({ changeId, contacts: count }, { action }) => {
      showChange(changeId, {
        doing: t(`contacts.doing_${action.kind}`, { count }),
        done: t(`contacts.done_${action.kind}`, { count }),
      })
      onDone()
    },
  })
  return {
    run: (target: BulkTarget, action: BulkAction): void => act.mutate({ selection: target.selection, action }),
    busy: act.isPending,
    error: act.error,
  }
}
