import { useState } from 'react'
import type { ContactRow } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'

/** The contact a message is previewed as: one place in the contacts that a search finds. */
export interface ContactSteps {
  readonly contact: ContactRow | null
  readonly index: number
  readonly total: number
  readonly search: string
  /** Goes to a place in the contacts that `search` finds. */
  go(index: number, search: string): void
}

/** Steps through contacts one by one, by name. */
export function useContactSteps(): ContactSteps {
  const [place, setPlace] = useState({ index: 0, search: '' })
  const page = useAsk(
    'contacts.page',
    api.contacts.page,
    { search: place.search, offset: place.index, limit: 1 },
    { keepLast: true },
  )
  return {
    contact: page.data?.rows[0] ?? null,
    total: page.data?.total ?? 0,
    index: place.index,
    search: place.search,
    go: (index, search) => setPlace({ index, search }),
  }
}
