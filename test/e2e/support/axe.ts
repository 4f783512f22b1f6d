import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Finds no accessibility violation on the page as it stands, in light and in dark. */
export async function expectAccessible(page: Page, place: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // A message's own colours are its author's; what is checked here is the application around it.
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude('iframe').analyze()
    const found = violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(' | ')}`)
    expect(found, `${place}, ${colorScheme}`).toEqual([])
  }
}
