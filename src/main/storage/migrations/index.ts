import { m0001Initial } from './0001-initial.ts'
import { m0002Changes } from './0002-changes.ts'
import { m0003Purchases } from './0003-purchases.ts'
import { m0004Segments } from './0004-segments.ts'
import { m0005ContactTable } from './0005-contact-table.ts'
import { m0006Duplicates } from './0006-duplicates.ts'
import { m0007Sending } from './0007-sending.ts'
import { m0008Compliance } from './0008-compliance.ts'
import type { Migration } from './migration.ts'

/** Every migration in order. A released one is never edited. */
export const migrations: readonly Migration[] = [
  m0001Initial,
  m0002Changes,
  m0003Purchases,
  m0004Segments,
  m0005ContactTable,
  m0006Duplicates,
  m0007Sending,
  m0008Compliance,
]
