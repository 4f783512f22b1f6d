import { z } from 'zod'
import { AppError, notFound } from '../../../../shared/contract/failure.ts'
import type { WholeCheck } from '../../../../shared/contract/import-checks.ts'
import {
  ColumnMapping,
  type FileReading,
  ImportChoices,
  type InspectionRequest,
} from '../../../../shared/contract/imports.ts'
import type { contract } from '../../../../shared/contract/index.ts'
import type { Accounts } from '../../../accounts/index.ts'
import type { DomainParts } from '../../../domain-parts.ts'
import type { Handlers } from '../../../request.ts'
import { mappingOf } from '../mapping/columns.ts'
import { defaultOptions, fitMapping, headerKey, withStoredTypes } from '../mapping/import-options.ts'
import { importStore } from '../runs/import-store.ts'
import type { FileFindings, FileLook, ImportReader, InspectRequest } from '../thread/import-reader.ts'
import { createFindingsMemory } from './findings-memory.ts'
import { knownStore } from './known-store.ts'
import { lookAt } from './look-at.ts'

interface InspectionParts extends DomainParts {
  readonly accounts: Accounts
  readonly importReader: ImportReader
}

type Requests = 'inspect' | 'changes' | 'checkWhole' | 'wholeCheck' | 'stopCheck'

/** Looking at files before anything is written. */
export interface Inspections {
  readonly handlers: Pick<Handlers<(typeof contract)['imports']>, Requests>
  /** Ends the checks that are under way. */
  stop(): void
}

/** A file as it would be imported, with everything that was not chosen filled in. */
interface Prepared {
  readonly file: { readonly token: string; readonly name: string; readonly bytes: number }
  readonly seen: FileLook
  readonly request: Omit<InspectRequest, 'wholeUpToBytes'>
  readonly key: string
  readonly mappingKnown: boolean
}

interface Check {
  readonly id: string
  readonly startedAt: number
  readonly bytes: number
  state: WholeCheck['state']
  bytesRead: number
  rows: number
  isStopped: boolean
}

// Up to this size every row is inspected at once; beyond it, the first ones stand for the rest until somebody asks.
const WHOLE_UP_TO_BYTES = 20 * 2 ** 20
const MOST_ROWS_INSPECTED = 50_000
const CHECKS_KEPT = 8

/** Answers what is in a file and what an import of it would do. */
export function createInspections(parts: InspectionParts): Inspections {
  const { kernel, storage, files, accounts, importReader } = parts
  const memory = createFindingsMemory(kernel.events)
  const checks = new Map<string, Check>()
  let lastLook: { readonly key: string; readonly look: FileLook } | null = null

  async function prepare(input: InspectionRequest): Promise<Prepared> {
    const file = await files.find(input.token)
    if (file.bytes === 0) throw new AppError('invalid_input', `${file.name} is empty. Choose another file.`)
    const settings = await accounts.settings(storage.reader)
    const seen = await lookOnce(file.token, file.path, defined(input.reading ?? {}))
    const saved = await savedFor(seen.names)
    const types = await importStore.customFieldTypes(storage.reader)
    const mapping = [...withStoredTypes(input.mapping ?? saved?.mapping ?? mappingOf(seen.columns), types)]
    const chosen = { ...saved?.options, ...defined(input.options ?? {}) }
    const order = chosen.dateOrder ?? seen.dates.detected
    const detected = { ...defaultOptions(chosen.country ?? settings.country, order), decimal: seen.decimal }
    const asOf = new Date(kernel.clock.now()).toISOString().slice(0, 10)
    const options = { ...detected, asOf, ...chosen }
    const request = { path: file.path, reading: seen.reading, mapping, options, mostRows: MOST_ROWS_INSPECTED }
    // A list and tags for everybody change nothing about what is found.
    const { listName: _list, tags: _tags, ...judging } = options
    const key = JSON.stringify([file.token, seen.reading, mapping, judging])
    return { file, seen, request, key, mappingKnown: saved !== null && input.mapping === undefined }
  }

  async function findingsFor({ request, key }: Prepared): Promise<FileFindings> {
    const kept = memory.get(key)
    if (kept) return kept
    const port = { lookUp, progress: () => undefined, isStopped: () => false }
    const findings = await importReader.inspect({ ...request, wholeUpToBytes: WHOLE_UP_TO_BYTES }, port)
    if (findings === null) throw new Error('An inspection ended although nobody stopped it')
    memory.set(key, findings)
    return findings
  }

  // Another mapping or policy is judged many times over one reading: the file is looked at once for each.
  async function lookOnce(token: string, path: string, corrected: Partial<FileReading>): Promise<FileLook> {
    const key = JSON.stringify([token, corrected])
    if (lastLook?.key !== key) lastLook = { key, look: await lookAt(importReader, path, corrected) }
    return lastLook.look
  }

  const lookUp = (asked: string): Promise<string> => knownStore.lookUp(storage.reader, asked)

  const handlers: Inspections['handlers'] = {
    async inspect(input) {
      const prepared = await prepare(input)
      const { file, seen, request, mappingKnown } = prepared
      const { filled, changes: _changes, ...findings } = await findingsFor(prepared)
      const { mapping, options, reading } = request
      const counts = new Map(mapping.map(({ column }, index) => [column, filled[index] ?? 0]))
      return {
        ...findings,
        token: file.token,
        fileName: file.name,
        bytes: file.bytes,
        reading,
        readingWhy: seen.why,
        sheets: [...seen.sheets],
        columns: seen.columns.map(column => ({ ...column, filled: counts.get(column.column) ?? 0 })),
        mapping: [...mapping],
        mappingKnown,
        options,
        dates: seen.dates,
      }
    },

    async changes({ offset, limit, ...input }) {
      const { estimate, changes } = await findingsFor(await prepare(input))
      return { rows: changes.slice(offset, offset + limit), total: estimate.updated, kept: changes.length }
    },

    async checkWhole(input) {
      const prepared = await prepare(input)
      const check: Check = {
        id: kernel.ids.next(),
        startedAt: kernel.clock.now(),
        bytes: prepared.file.bytes,
        state: 'running',
        bytesRead: 0,
        rows: 0,
        isStopped: false,
      }
      remember(check)
      kernel.background('imports.check', run(check, prepared))
      return viewOf(check)
    },

    wholeCheck: async ({ id }) => viewOf(found(id)),

    async stopCheck({ id }) {
      const check = found(id)
      check.isStopped = true
      if (check.state === 'running') check.state = 'cancelled'
      return viewOf(check)
    },
  }

  async function run(check: Check, { request, key }: Prepared): Promise<void> {
    try {
      const findings = await importReader.inspect(
        { ...request, wholeUpToBytes: Number.MAX_SAFE_INTEGER },
        {
          lookUp,
          progress(rows, bytesRead) {
            check.rows = rows
            check.bytesRead = bytesRead
          },
          isStopped: () => check.isStopped,
        },
      )
      if (findings === null || check.isStopped) return
      memory.set(key, findings)
      check.rows = findings.rows
      check.state = 'done'
    } catch (error) {
      check.state = check.isStopped ? 'cancelled' : 'failed'
      if (!check.isStopped) throw error
    }
  }

  function remember(check: Check): void {
    checks.set(check.id, check)
    for (const id of [...checks.keys()].slice(0, -CHECKS_KEPT)) {
      const old = checks.get(id)
      if (old) old.isStopped = true
      checks.delete(id)
    }
  }

  function found(id: string): Check {
    const check = checks.get(id)
    if (!check) throw notFound('check', id)
    return check
  }

  function viewOf({ id, state, rows, bytesRead, bytes, startedAt }: Check): WholeCheck {
    const fractionDone = state === 'done' ? 1 : Math.min(1, bytesRead / Math.max(1, bytes))
    const elapsed = kernel.clock.now() - startedAt
    const isRunning = state === 'running' && fractionDone > 0
    const secondsLeft = isRunning ? Math.round((elapsed * (1 - fractionDone)) / fractionDone / 100) / 10 : null
    return { id, state, fractionDone, rows, secondsLeft }
  }

  async function savedFor(names: readonly string[]) {
    const saved = await importStore.savedMapping(storage.reader, headerKey(names))
    if (!saved) return null
    const mapping = z.array(ColumnMapping).safeParse(JSON.parse(saved.mapping))
    const options = ImportChoices.safeParse(JSON.parse(saved.options))
    if (!mapping.success || !options.success) return null
    // Corrections are chosen anew for every file: what was a mistake in one may be right in the next.
    const { duplicates, country, dateOrder, fieldPolicies, constants } = options.data
    return {
      mapping: fitMapping(mapping.data, names),
      options: defined({ duplicates, country, dateOrder, fieldPolicies, constants }),
    }
  }

  return {
    handlers,
    stop() {
      for (const check of checks.values()) check.isStopped = true
    },
  }
}

/** An object without the keys that were not given. */
function defined<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const key in given) {
    const value = given[key]
    if (isGiven(value)) kept[key] = value
  }
  return kept
}

function isGiven<V>(value: V): value is Exclude<V, undefined> {
  return value !== undefined
}
