import { powerSaveBlocker } from 'electron'
import type { App } from '../../app.ts'
import { seconds } from '../../kernel/clock.ts'

const LOOK_EVERY_MS = seconds(10)

/** Keeps the machine from falling asleep while messages are leaving. The screen may go dark. */
export function stayAwakeWhileSending(application: App): void {
  const { clock, background } = application.kernel
  let blocker: number | null = null
  async function look(): Promise<void> {
    const isSending = (await application.sendingCount()) > 0
    if (isSending && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (!isSending && blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
    clock.after(LOOK_EVERY_MS, again)
  }
  const again = (): void => background('stay awake', look())
  again()
}
