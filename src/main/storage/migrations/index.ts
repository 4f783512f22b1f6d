import { m0001Initial } from './0001-initial.ts'
import type { Migration } from './migration.ts'

/** Every migration in order. A released one is never edited. */
export const migrations: readonly Migration[] = [m0001Initial]
