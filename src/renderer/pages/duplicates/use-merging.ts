import { useTranslation } from 'react-i18next'
import type { DuplicateGroup, MergePlan } from '../../../shared/contract/duplicates.ts'
import { api } from '../../api.ts'
import { showChange } from '../../components/ChangeToast.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'

/** What can be done with groups; each says what came of it, and a merge offers Undo. */
export function useMerging(onDone: () => void) {
  const { t } = useTranslation()
  const report = useReport()
  const merge = useAct('duplicates.merge', api.duplicates.merge, {
    onDone: ({ changeId }) => {
      showChange(changeId, { doing: t('duplicates.merging'), done: t('duplicates.merged') })
      onDone()
    },
  })
  const dismiss = useAct('duplicates.dismiss', api.duplicates.dismiss, {
    onDone: () => {
      report.done(t('duplicates.dismissed'))
      onDone()
    },
  })
  const mergeAll = useAct('duplicates.mergeAll', api.duplicates.mergeAll, {
    showsError: true,
    onDone: ({ changeId, groups }) => {
      showChange(changeId, {
        doing: t('duplicates.mergingAll', { count: groups }),
        done: t('duplicates.mergedAll', { count: groups }),
      })
      onDone()
    },
  })
  const find = useAct('duplicates.find', api.duplicates.find)
  return {
    busy: merge.isPending || dismiss.isPending,
    merge: (group: DuplicateGroup, plan: MergePlan) =>
      merge.mutate({
        ...plan,
        otherIds: group.contacts.map(({ id }) => id).filter(id => id !== plan.survivorId),
      }),
    dismiss: (group: DuplicateGroup) => dismiss.mutate({ no: group.no }),
    mergeAll,
    find,
  }
}
