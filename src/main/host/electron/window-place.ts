import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Where a window is and how large, in screen points. */
export const Bounds = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  isMaximized: z.boolean(),
  zoomLevel: z.number().min(-5).max(5),
})
export type Bounds = z.infer<typeof Bounds>

type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const FIRST: Bounds = { width: 1280, height: 840, isMaximized: false, zoomLevel: 0 }
const LEAST_VISIBLE = 100

/** Where the window was when it was closed, if that is still on a screen; else the middle of the first one. */
export function placeToOpen(remembered: Bounds | null, screens: readonly Rectangle[]): Bounds {
  if (!remembered) return FIRST
  const { x, y, width, height } = remembered
  const isVisible =
    x !== undefined &&
    y !== undefined &&
    screens.some(
      screen =>
        Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x) >= LEAST_VISIBLE &&
        y >= screen.y &&
        y <= screen.y + screen.height - LEAST_VISIBLE,
    )
  if (isVisible) return remembered
  return { width, height, isMaximized: remembered.isMaximized, zoomLevel: remembered.zoomLevel }
}

const place = (folder: string): string => join(folder, 'window.json')

/** What was remembered, or null when there is nothing readable. */
export function readPlace(folder: string): Bounds | null {
  try {
    const parsed = Bounds.safeParse(JSON.parse(readFileSync(place(folder), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Remembers where the window is. */
export function writePlace(folder: string, bounds: Bounds): void {
  writeFileSync(place(folder), JSON.stringify(bounds), { mode: 0o600 })
}
