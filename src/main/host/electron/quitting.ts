import { app, type BrowserWindow, dialog } from 'electron'
import type { App } from '../../app.ts'
import { delay, seconds } from '../../kernel/clock.ts'

// A provider that does not answer must not keep the machine from shutting down; what is still open then is found as
// unknown at the next start.
const LONGEST_CLOSE_MS = seconds(20)
const LOOK_EVERY_MS = seconds(2)

/** What to do with messages that are due when the person closes the window. */
export type WhenSending = 'ask' | 'pause'

export interface QuitParts {
  readonly window: () => BrowserWindow | null
  /** Brings the window back when the person decides to stay. */
  readonly show: () => Promise<void>
  readonly whenSending: WhenSending
}

/**
 * Quits in order: while messages are leaving the person is asked; then those on the wire are settled, within a bounded
 * time, and the workspace is closed.
 */
export function quitInOrder(application: App, { window, show, whenSending }: QuitParts): void {
  let state: 'open' | 'closing' | 'closed' = 'open'

  async function leave(): Promise<void> {
    const { clock, log } = application.kernel
    window()?.hide()
    try {
      await Promise.race([application.close(), delay(clock, LONGEST_CLOSE_MS)])
    } catch (error) {
      log.error('quit.failed', { message: String(error) })
    }
    state = 'closed'
    app.quit()
  }

  async function keepSending(): Promise<void> {
    window()?.hide()
    while (!(await application.isIdle())) await delay(application.kernel.clock, LOOK_EVERY_MS)
    // Shown again in the meantime: she is working with it.
    if (window()?.isVisible() !== true) app.quit()
  }

  async function begin(): Promise<void> {
    const sending = whenSending === 'ask' ? await application.sendingCount() : 0
    const answer = sending > 0 ? await askWhatToDo(window(), sending) : 'quit'
    if (answer === 'quit') return leave()
    state = 'open'
    await (answer === 'keep_sending' ? keepSending() : show())
  }

  app.on('before-quit', event => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    // Not background work of the application: that is waited for when it closes, and this is what closes it.
    begin().catch((error: unknown) => {
      application.kernel.log.error('quit.failed', { message: String(error) })
      app.exit(1)
    })
  })
}

async function askWhatToDo(window: BrowserWindow | null, sending: number): Promise<'quit' | 'keep_sending' | 'stay'> {
  const options = {
    type: 'question' as const,
    title: 'Tidings is sending',
    message: `${sending} ${sending === 1 ? 'message is' : 'messages are'} still to leave.`,
    detail: 'Tidings can go on without its window and quit when it is done, or stop now and go on at the next start.',
    buttons: ['Keep sending in the background', 'Pause and quit', 'Stay'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  }
  const { response } = window ? await dialog.showMessageBox(window, options) : await dialog.showMessageBox(options)
  if (response === 0) return 'keep_sending'
  return response === 1 ? 'quit' : 'stay'
}
