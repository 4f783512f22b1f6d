import { test as base } from '@playwright/test'
import { type Desktop, type Folders, launch, makeFolders } from './launch.ts'

export { expect } from '@playwright/test'

interface Fixtures {
  readonly folders: Folders
  /** Starts the application on the folders; what is still open at the end is closed. */
  readonly open: () => Promise<Desktop>
  readonly desktop: Desktop
}

/** A Playwright test with `folders` of its own and, when asked for, the `desktop` running on them. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  folders: async ({}, use) => {
    const folders = await makeFolders()
    await use(folders)
    await folders.discard()
  },
  open: async ({ folders }, use) => {
    const opened: Desktop[] = []
    await use(async () => {
      const desktop = await launch(folders)
      opened.push(desktop)
      return desktop
    })
    for (const { app } of opened) await app.close()
  },
  desktop: async ({ open }, use) => use(await open()),
})
