import { test as base } from '@playwright/test'
import { type Desktop, type Folders, launch, makeFolders } from './launch.ts'

export { expect } from '@playwright/test'

/** A Playwright test with `folders` of its own and, when asked for, the `desktop` running on them. */
export const test = base.extend<{ folders: Folders; desktop: Desktop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  folders: async ({}, use) => {
    const folders = await makeFolders()
    await use(folders)
    await folders.discard()
  },
  desktop: async ({ folders }, use) => {
    const desktop = await launch(folders)
    await use(desktop)
    await desktop.app.close()
  },
})
