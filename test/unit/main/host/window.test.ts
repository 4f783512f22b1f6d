import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { windowOptions } from '../../../../src/main/host/electron/window-options.ts'
import { type Bounds, placeToOpen, readPlace, writePlace } from '../../../../src/main/host/electron/window-place.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const bounds: Bounds = { x: 100, y: 80, width: 1000, height: 700, isMaximized: false, zoomLevel: 0.5 }
const screen = { x: 0, y: 0, width: 1920, height: 1080 }

test('a window is locked down (Z1)', () => {
  expect(windowOptions('/preload.cjs', bounds, true).webPreferences).toEqual({
    preload: '/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: true,
    devTools: false,
  })
})

test('the window opens where it was', async () => {
  const folder = await temporaryFolder()
  writePlace(folder, bounds)
  expect(placeToOpen(readPlace(folder), [screen])).toEqual(bounds)
})

test('a window that was on a screen that is gone opens on one that is there', () => {
  const { x, y, ...size } = bounds
  expect(placeToOpen({ ...bounds, x: 2500 }, [screen])).toEqual(size)
  expect(placeToOpen({ ...bounds, y: -300 }, [screen])).toEqual(size)
  expect(placeToOpen({ ...bounds, x: 2500 }, [screen, { ...screen, x: 1920 }])).toEqual({ ...bounds, x: 2500 })
  expect([x, y]).toEqual([100, 80])
})

test('what cannot be read is as good as nothing', async () => {
  const folder = await temporaryFolder()
  expect(readPlace(folder)).toBeNull()
  await writeFile(join(folder, 'window.json'), '{"width":"wide"}')
  expect(readPlace(folder)).toBeNull()
  expect(placeToOpen(null, [screen])).toMatchObject({ width: 1280, height: 840 })
})
