import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'

const OPTIONS = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations'],
  // A message's own colours are its author's; what is checked here is the application around it.
  iframes: false,
}

// As axe's own package for Playwright has it, but run once in the page itself: its way through a second page takes six
// times as long.
const source = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Finds nothing on the page as it stands that is against WCAG 2.2 AA, in the light scheme and in the dark one. */
export async function expectAccessible(page: Page, place = page.url()): Promise<void> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(source)
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await page.evaluate(atRest)
    const violations = await page.evaluate<readonly Violation[]>(
      `axe.run(document, ${JSON.stringify(OPTIONS)}).then(found => found.violations)`,
    )
    const found = violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 160)).join('\n    ')}`)
    expect(found, `${place} in the ${colorScheme} scheme`).toEqual([])
  }
}

// A colour that is still fading is no colour of the page: two frames in a row must begin without a movement that ends.
async function atRest(): Promise<void> {
  for (let quiet = 0; quiet < 2; quiet++) {
    await new Promise(resolve => requestAnimationFrame(resolve))
    const ending = document.getAnimations().filter(one => Number.isFinite(one.effect?.getComputedTiming().endTime))
    if (ending.length > 0) quiet = -1
    await Promise.all(ending.map(animation => animation.finished.catch(() => undefined)))
  }
}
