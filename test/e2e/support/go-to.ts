import type { Page } from '@playwright/test'

/** Goes to a place of the application, such as /templates, without loading the window anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(place => {
    window.location.hash = place
  }, path)
}
