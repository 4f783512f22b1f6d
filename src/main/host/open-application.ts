import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type App, createApp } from '../app.ts'
import { threadImportReader } from '../contacts/import/thread/thread-reader.ts'
import { systemResolver } from '../integrations/domain-check/system-resolver.ts'
import type { Secrets } from '../integrations/secrets.ts'
import { systemClock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import { type Random, systemRandom } from '../kernel/random.ts'
import { threadPress } from '../sending/press/thread-press.ts'
import { fileLog } from './file-log.ts'
import { keyFileSecrets } from './node-secrets.ts'

/** Where the built files lie: `out` of the project, or of the packaged application. */
export const builtFolder = join(import.meta.dirname, '..')
/** The built renderer. */
export const rendererFolder = join(builtFolder, 'renderer')

/** Opens the workspace in `folder` with the machine's own clock and chance, and the log in its `logs` folder. */
export async function openApplication(
  folder: string,
  secrets: (random: Random, log: Log) => Promise<Secrets> = async random => keyFileSecrets(folder, random),
): Promise<App> {
  const clock = systemClock()
  const random = systemRandom()
  const log = fileLog(folder, clock)
  return createApp({
    folder,
    version: versionOf(join(builtFolder, '..', 'package.json')),
    clock,
    random,
    log,
    secrets: await secrets(random, log),
    importReader: threadImportReader(join(builtFolder, 'main', 'import-thread.js')),
    resolver: systemResolver(),
    press: threadPress(join(builtFolder, 'main', 'press-thread.js'), message =>
      log.warn('sending.press_trouble', { message }),
    ),
  })
}

function versionOf(manifest: string): string {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'))
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0.0.0'
}
