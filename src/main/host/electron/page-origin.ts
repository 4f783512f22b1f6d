/** The one origin that the desktop's page is served from. */
export const BUNDLE = 'app://bundle'

/** True for an address of our own page. Parsed, never compared as text: app://bundle.example and app://bundle@x are others. */
export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === 'app:' && host === 'bundle' && username === '' && password === ''
}

/** What is known of the sender of a message from a page. */
export interface MessageSender {
  /** Null when the frame is gone or was navigated away. */
  readonly frame: { readonly url: string; readonly isMainFrame: boolean } | null
  /** The page belongs to our window. */
  readonly isOurWindow: boolean
}

/** Why a sender is refused, or null when it is the main frame of our window showing our page (security.md Z3). */
export function senderRefusal({ frame, isOurWindow }: MessageSender): string | null {
  if (frame === null) return 'no_frame'
  if (!isOurWindow) return 'other_window'
  if (!frame.isMainFrame) return 'not_main_frame'
  return isOurPage(frame.url) ? null : 'other_origin'
}
