import { createBulkChanges } from './bulk/bulk.ts'
import { createChanges } from './changes/changes.ts'
import type { ContactParts } from './contact-edits.ts'
import { contactHandlers } from './contact-handlers.ts'
import { duplicateHandlers } from './duplicates/duplicates.ts'
import { eventHandlers } from './events/event-handlers.ts'
import { placeJob } from './import/places/place-job.ts'
import { createImports } from './import/runs/import-runs.ts'
import type { ImportReader } from './import/thread/import-reader.ts'
import type { Contacts } from './index.ts'
import { listHandlers } from './lists.ts'
import { passOnContacts } from './pass-on.ts'
import { createPurchases, purchaseUndo } from './purchases/purchases.ts'
import { createFigures } from './scores/figures.ts'
import { scoreHandlers } from './scores/score-handlers.ts'

/** The people of one workspace: their table, cards, lists, tags, and the import of files. */
export function createContacts(parts: ContactParts & { readonly importReader: ImportReader }): Contacts {
  const bulk = createBulkChanges(parts)
  const changes = createChanges({ ...parts, undoParts: [purchaseUndo(parts)] })
  const imports = createImports({ ...parts, undoChange: changes.undo })
  const figures = createFigures(parts)
  parts.jobs.register(placeJob(parts))
  return {
    figures,
    passOn: passOnContacts({ ...parts, bulk }),
    stopChecks: imports.stop,
    handlers: {
      contacts: contactHandlers({ ...parts, bulk }),
      lists: listHandlers({ ...parts, bulk }),
      changes: changes.handlers,
      imports: imports.handlers,
      purchases: createPurchases({ ...parts, figures, changes }).handlers,
      contactEvents: eventHandlers({ ...parts, figures }),
      scores: scoreHandlers({ ...parts, figures }),
      duplicates: duplicateHandlers({ ...parts, figures }),
    },
  }
}
