import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { z } from 'zod'
import { type Client, createClient, type Transport } from '../shared/contract/client.ts'
import { FileToken } from '../shared/contract/define.ts'
import type { AppEvent } from '../shared/contract/events.ts'
import { AppError, Failure } from '../shared/contract/failure.ts'
import { type DesktopBridge, MenuCommand } from '../shared/desktop.ts'

declare global {
  interface Window {
    /** Given by the preload of the desktop application; absent in a browser. */
    readonly tidings?: DesktopBridge
  }
}

const Uploaded = z.object({ token: FileToken, name: z.string(), bytes: z.number() })
/** A file that was handed over. */
export type Uploaded = z.infer<typeof Uploaded>

/** True in the desktop window, false in a browser. */
export const isDesktop = window.tidings !== undefined

// The token of the address is exchanged for a cookie before anything is asked, and taken out of the history (security.md Z17).
const connected: Promise<void> = isDesktop ? Promise.resolve() : openSession()

/** The application, asked through whatever carries requests here. */
export const api: Client = createClient(window.tidings ? portTransport(window.tidings) : loopbackTransport())

/** Hands a file over; its rows never pass through the page. */
export async function uploadFile(file: File): Promise<Uploaded> {
  await connected
  const response = await fetch(`/files?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  }).catch(() => {
    throw new AppError('unavailable', 'The file could not be handed over. Is it still there, and is Tidings running?')
  })
  const body: unknown = await response.json()
  if (response.ok) return Uploaded.parse(body)
  const failure = Failure.safeParse(body)
  throw failure.success
    ? new AppError(failure.data.code, failure.data.message, failure.data.details ?? {})
    : new AppError('internal', 'The file could not be handed over.')
}

/** Saves a file that the application made, under its own name, where the person wants it. */
export function fetchDownload(token: string): void {
  const link = document.createElement('a')
  link.href = `/files/${token}`
  link.download = ''
  document.body.append(link)
  link.click()
  link.remove()
}

/** Hears what changes in the application until the returned function is called. `onConnection` tells when it is lost and found again. */
export function onEvent(run: (event: AppEvent) => void, onConnection: (isConnected: boolean) => void): () => void {
  const stop = new AbortController()
  void listen(run, onConnection, stop.signal)
  return () => stop.abort()
}

/** Hears what the desktop's menu asks for; a browser has no such menu. */
export function onMenuCommand(run: (command: MenuCommand) => void): void {
  window.tidings?.onMenuCommand(command => {
    const parsed = MenuCommand.safeParse(command)
    if (parsed.success) run(parsed.data)
  })
}

async function listen(
  run: (event: AppEvent) => void,
  onConnection: (isConnected: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  let waitMs = 250
  while (!signal.aborted) {
    try {
      const stream = await api.events.stream({}, { signal })
      onConnection(true)
      waitMs = 250
      for await (const event of stream) run(event)
    } catch {
      // Whatever ended the stream, the answer is the same: say so and try again.
    }
    if (signal.aborted) return
    onConnection(false)
    await new Promise(resolve => setTimeout(resolve, waitMs))
    waitMs = Math.min(waitMs * 2, 5000)
  }
}

function portTransport(bridge: DesktopBridge): Transport {
  const link = new Promise<Transport>(resolve => {
    const onPort = (event: MessageEvent): void => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== 'tidings:port' || !port) return
      window.removeEventListener('message', onPort)
      port.start()
      resolve(new PortLink({ port }))
    }
    window.addEventListener('message', onPort)
    bridge.connect()
  })
  return { call: async (path, input, options) => (await link).call(path, input, options) }
}

function loopbackTransport(): Transport {
  const link = new FetchLink({ url: `${window.location.origin}/rpc` })
  return {
    async call(path, input, options) {
      await connected
      return link.call(path, input, options)
    },
  }
}

async function openSession(): Promise<void> {
  const token = /^#token=([A-Za-z0-9_-]{43})$/.exec(window.location.hash)?.[1]
  if (token === undefined) return
  window.history.replaceState(null, '', window.location.pathname)
  // A refusal is heard again by the first request, which has the words for it.
  await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => undefined)
}
