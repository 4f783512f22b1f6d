import { useCallback, useEffect, useRef, useState } from 'react'
import type { Campaign, CampaignDraft } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { useAct } from '../../lib/requests.ts'

const IDLE_MS = 1000

/** A campaign as it is being written. */
export interface Draft {
  readonly name: string
  readonly draft: CampaignDraft
  readonly state: 'saved' | 'unsaved' | 'saving' | 'failed'
  readonly savedAt: number
  readonly error: unknown
  rename(name: string): void
  /** Changes a part of the draft; it is saved a second after the last change, or after `withinMs`. */
  change(part: Partial<CampaignDraft>, withinMs?: number): void
  /** Saves at once what is not saved yet; resolves when it is, rejects when it could not be. */
  flush(): Promise<void>
}

interface Written {
  readonly name: string
  readonly draft: CampaignDraft
}

/** Keeps what a person writes and saves it by itself: after a second's rest, on leaving a field, and on leaving the page. */
export function useDraft(campaign: Campaign): Draft {
  const [written, setWritten] = useState<Written>({ name: campaign.name, draft: campaign.draft })
  const [state, setState] = useState<Draft['state']>('saved')
  const [savedAt, setSavedAt] = useState(campaign.updatedAt)
  const save = useAct('campaigns.saveDraft', api.campaigns.saveDraft, { showsError: true })
  const { mutateAsync } = save
  const newest = useRef(written)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const underWay = useRef<Promise<void>>(Promise.resolve())
  const isUnsaved = useRef(false)

  const flush = useCallback(async (): Promise<void> => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    if (!isUnsaved.current) return underWay.current
    isUnsaved.current = false
    const { name, draft } = newest.current
    // One save at a time and in order: the last words written are the last saved.
    underWay.current = underWay.current.then(
      () => put(name, draft),
      () => put(name, draft),
    )
    return underWay.current

    async function put(theName: string, theDraft: CampaignDraft): Promise<void> {
      setState('saving')
      try {
        const saved = await mutateAsync({ id: campaign.id, name: theName.trim() || campaign.name, draft: theDraft })
        setSavedAt(saved.updatedAt)
        setState(isUnsaved.current ? 'unsaved' : 'saved')
      } catch (error) {
        isUnsaved.current = true
        setState('failed')
        throw error
      }
    }
  }, [campaign.id, campaign.name, mutateAsync])

  const write = useCallback(
    (next: Written, withinMs: number): void => {
      newest.current = next
      isUnsaved.current = true
      setWritten(next)
      setState('unsaved')
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush().catch(() => undefined), withinMs)
    },
    [flush],
  )
  const latestFlush = useRef(flush)
  useEffect(() => {
    latestFlush.current = flush
  }, [flush])
  useEffect(() => () => void latestFlush.current().catch(() => undefined), [])

  return {
    ...written,
    state,
    savedAt,
    error: state === 'failed' ? save.error : null,
    rename: name => write({ ...newest.current, name }, IDLE_MS),
    change: (part, withinMs = IDLE_MS) =>
      write({ ...newest.current, draft: { ...newest.current.draft, ...part } }, withinMs),
    flush,
  }
}
