import { app, type Session, type WebContents } from 'electron'
import type { Log } from '../../kernel/log.ts'
import { isOurPage } from './page-origin.ts'

// Notifications when a campaign is done; copying an id or an address. Everything else is refused (security.md Z10).
const GRANTED: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write'])

/** True when a page may have a permission. */
export function isGranted(permission: string, page: string): boolean {
  return GRANTED.has(permission) && isOurPage(page)
}

/** No page leaves app://bundle, none opens another window, none embeds a webview (security.md Z8). For all that are made later. */
export function lockNavigation(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (why: string): void => log.warn('navigation.refused', { why })
    const guard = (why: string) => (event: { preventDefault(): void; readonly url: string }) => {
      if (isOurPage(event.url)) return
      event.preventDefault()
      refuse(why)
    }
    contents.on('will-navigate', guard('navigate'))
    contents.on('will-redirect', guard('redirect'))
    contents.on('will-frame-navigate', event => {
      // The main frame is heard by will-navigate. The preview of a message is a document of the page, without a source.
      if (!event.isMainFrame && event.url !== 'about:srcdoc') guard('frame')(event)
    })
    contents.on('will-attach-webview', event => {
      event.preventDefault()
      refuse('webview')
    })
    contents.setWindowOpenHandler(() => {
      refuse('window')
      return { action: 'deny' }
    })
  })
}

/** Refuses every permission but the few that are needed, and every device. */
export function lockPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents: WebContents, permission, answer) => {
    answer(isGranted(permission, contents.getURL()))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin))
  session.setDevicePermissionHandler(() => false)
}
