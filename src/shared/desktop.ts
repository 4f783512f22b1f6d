import { z } from 'zod'

/** What the desktop's menu asks of the page. It opens a place or changes the look; it never acts. */
export const MenuCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), path: z.string().regex(/^\/[a-z0-9/-]*(\?[a-z]+=[a-z]+)?$/) }),
  z.object({ kind: z.literal('theme'), theme: z.enum(['light', 'dark', 'system']) }),
])
export type MenuCommand = z.infer<typeof MenuCommand>

/** What the preload gives the page: a port once per load, and the menu's wishes. Nothing else. */
export interface DesktopBridge {
  /** Asks for the port; it arrives as a message event with the data `tidings:port`. */
  connect(): void
  onMenuCommand(run: (command: unknown) => void): void
}
