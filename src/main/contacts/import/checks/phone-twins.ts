import type { ImportEstimate } from '../../../../shared/contract/import-checks.ts'
import type { ContactDraft } from './checked-row.ts'
import { createIdentSet } from './ident-set.ts'

/** Corrects an estimate for people who stand in a file with address and phone number, and again with the number alone. */
export interface PhoneTwins {
  /** A row that was counted as a new contact. */
  created(draft: ContactDraft): void
}

/**
 * Rows with an e-mail address come in first, wherever they stand in the file: a row with only the phone number of somebody
 * who comes with them is hers, and counts as a repetition.
 */
export function createPhoneTwins(estimate: Pick<ImportEstimate, 'created' | 'duplicates'>): PhoneTwins {
  const withAddress = createIdentSet()
  const alone = createIdentSet()

  function isTwin(): void {
    estimate.created -= 1
    estimate.duplicates += 1
  }

  return {
    created({ email, phone }) {
      if (phone === null) return
      const isNew = (email === null ? alone : withAddress).add(phone)
      if (isNew && (email === null ? withAddress : alone).has(phone)) isTwin()
    },
  }
}
