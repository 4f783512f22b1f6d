import type { ImportReader } from './contacts/import/thread/import-reader.ts'
import type { Resolver } from './integrations/domain-check/resolver.ts'
import type { Secrets } from './integrations/secrets.ts'
import type { Clock } from './kernel/clock.ts'
import type { Log } from './kernel/log.ts'
import type { Random } from './kernel/random.ts'
import type { Press } from './sending/press/press.ts'

/** What a host gives the application. Everything that differs between hosts is here. */
export interface Ports {
  /** The workspace folder; made when missing. */
  readonly folder: string
  readonly version: string
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly secrets: Secrets
  /** Reads, parses and checks a file off the main thread; tests may do it in the same one. */
  readonly importReader: ImportReader
  /** Asks the DNS about domains that are sent from; tests answer by themselves. */
  readonly resolver: Resolver
  /** Fills in, writes and signs e-mails off the main thread; tests may do it in the same one. */
  readonly press: Press
}
