import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../src/main/app.ts'
import { inlineImportReader } from '../../src/main/contacts/import/thread/inline-reader.ts'
import type { Resolver } from '../../src/main/integrations/domain-check/resolver.ts'
import type { Secrets } from '../../src/main/integrations/secrets.ts'
import { type Clock, systemClock } from '../../src/main/kernel/clock.ts'
import { type Log, silentLog } from '../../src/main/kernel/log.ts'
import { seededRandom } from '../../src/main/kernel/random.ts'
import { inlinePress } from '../../src/main/sending/press/press-work.ts'
import { inProcessTransport } from '../../src/main/transport.ts'
import { type Client, createClient } from '../../src/shared/contract/client.ts'
import { plainSecrets } from './plain-secrets.ts'
import { scriptedResolver } from './scripted-resolver.ts'

export interface TestApp extends AsyncDisposable {
  readonly app: App
  readonly client: Client
  readonly folder: string
  /** Waits until nothing is due and nothing is under way (real clock only). */
  idle(): Promise<void>
  /** Closes the application and keeps the folder. */
  close(): Promise<void>
}

/** The whole application on a real SQLite file in a temporary folder, asked through the contract. */
export async function createTestApp(
  options: {
    clock?: Clock
    folder?: string
    seed?: number
    log?: Log
    start?: boolean
    secrets?: Secrets
    resolver?: Resolver
  } = {},
): Promise<TestApp> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'tidings-test-')))
  const log = options.log ?? silentLog
  const app = await createApp({
    folder,
    version: '0.0.0-test',
    clock: options.clock ?? systemClock(),
    random: seededRandom(options.seed ?? 1),
    log,
    secrets: options.secrets ?? plainSecrets,
    importReader: inlineImportReader(),
    press: inlinePress(),
    resolver: options.resolver ?? scriptedResolver({ isOffline: true }),
  })
  if (options.start !== false) app.start()
  const client = createClient(inProcessTransport(app.router, { host: 'test' }, log))
  let open = true
  const close = async (): Promise<void> => {
    if (open) await app.close()
    open = false
  }
  return {
    app,
    client,
    folder,
    close,
    async idle() {
      while (!(await app.isIdle())) await new Promise(resolve => setTimeout(resolve, 10))
    },
    async [Symbol.asyncDispose]() {
      await close()
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
