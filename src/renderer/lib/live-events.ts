import { notifications } from '@mantine/notifications'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppEvent, Entity } from '../../shared/contract/events.ts'
import type { Contract } from '../../shared/contract/index.ts'
import { onEvent } from '../api.ts'

type Domain = keyof Contract

// Which answers show an entity. Home and the overview count nearly everything, so they are asked again with all of them.
const SHOWN_BY: Readonly<Record<Entity, readonly Domain[]>> = {
  contact: ['contacts', 'lists', 'workspace', 'campaigns', 'segments'],
  list: ['lists', 'contacts', 'campaigns', 'segments'],
  tag: ['contacts', 'campaigns', 'segments'],
  segment: ['segments', 'campaigns'],
  change: ['changes', 'imports', 'duplicates'],
  duplicate: ['duplicates'],
  import: ['imports', 'activity'],
  template: ['templates', 'workspace', 'campaigns'],
  campaign: ['campaigns', 'approvals', 'workspace', 'sending', 'analytics', 'activity', 'segments'],
  approval: ['approvals', 'campaigns', 'workspace'],
  message: ['sending', 'analytics', 'campaigns', 'workspace', 'contacts'],
  sender: ['senders', 'campaigns', 'workspace'],
  suppression: ['compliance', 'contacts', 'campaigns', 'segments'],
  practice: ['practice'],
  member: ['team', 'workspace', 'approvals', 'contacts'],
  settings: ['workspace', 'campaigns'],
  job: ['activity', 'imports'],
  order: ['purchases', 'contacts', 'scores'],
  score: ['contacts', 'purchases', 'contactEvents', 'scores'],
}

// Ten thousand messages a minute change; the screens read again at most this often.
const REFRESH_EVERY_MS = 400

/** Listens to the application while the window is open: refetches what changed and shows notices as toasts. False while the connection is lost. */
export function useLiveEvents(): boolean {
  const [isConnected, setIsConnected] = useState(true)
  const client = useQueryClient()
  const router = useRouter()
  const { t } = useTranslation()
  const closeLabel = t('common.close')
  useEffect(() => {
    const refresh = refresher(client)
    let wasLost = false
    const stop = onEvent(
      event => {
        if (event.kind === 'changed') refresh.entity(event.entity)
        else showNotice(event, closeLabel, link => router.history.push(link))
      },
      isFound => {
        // Whatever changed while nobody listened is asked again.
        if (isFound && wasLost) void client.invalidateQueries()
        wasLost = !isFound
        setIsConnected(isFound)
      },
    )
    return () => {
      stop()
      refresh.end()
    }
  }, [client, router, closeLabel])
  return isConnected
}

function refresher(client: QueryClient): { entity(entity: Entity): void; end(): void } {
  const waiting = new Set<Domain>()
  let timer: ReturnType<typeof setTimeout> | null = null
  const run = (): void => {
    timer = null
    for (const domain of [...waiting]) {
      // An answer that is on its way is waited for: asking again would cancel it, and a busy campaign would never show one.
      if (client.isFetching({ queryKey: [domain] }) > 0) continue
      waiting.delete(domain)
      void client.invalidateQueries({ queryKey: [domain] })
    }
    if (waiting.size > 0) timer = setTimeout(run, REFRESH_EVERY_MS)
  }
  return {
    entity(entity) {
      for (const domain of SHOWN_BY[entity]) waiting.add(domain)
      timer ??= setTimeout(run, REFRESH_EVERY_MS)
    },
    end() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

const COLOURS = { info: 'blue', success: 'green', warning: 'yellow', error: 'red' } as const

function showNotice(
  notice: Extract<AppEvent, { kind: 'notice' }>,
  closeLabel: string,
  open: (link: string) => void,
): void {
  const link = notice.link
  notifications.show({
    title: notice.title,
    message: notice.text,
    color: COLOURS[notice.level],
    withBorder: true,
    closeButtonProps: { 'aria-label': closeLabel },
    autoClose: notice.level === 'error' ? false : 8000,
    ...(link ? { onClick: () => open(link), style: { cursor: 'pointer' } } : {}),
  })
}
