import type { contract } from '../../../shared/contract/index.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { exportHandlers } from '../export/exports.ts'
import { viewHandlers } from '../views/views.ts'
import { createContactTable } from './contact-table.ts'
import { tableStore } from './table-store.ts'

type TableHandlers = Pick<
  Handlers<(typeof contract)['contacts']>,
  'page' | 'facets' | 'export' | 'startExport' | 'exportState' | 'cancelExport' | 'views' | 'saveView' | 'removeView'
>

/** Answers what the contact table asks: pages, what it can be narrowed by, views and exports. */
export function tableHandlers(parts: DomainParts & { readonly accounts: Accounts }): TableHandlers {
  const table = createContactTable(parts)
  return {
    page: ({ sort, offset, limit, ...filter }) => table.page({ filter, sort, offset, limit }),

    async facets() {
      const { total, lists, tags } = await table.facets()
      const fields = await tableStore.fields(parts.storage.reader)
      return { total, lists: [...lists], tags: [...tags], fields }
    },

    ...viewHandlers(parts),
    ...exportHandlers(parts),
  }
}
