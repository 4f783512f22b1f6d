import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ChainHead } from './chain.ts'
import { verifyLedger } from './verify-ledger.ts'

const USAGE = `Usage: verify --folder DIR [--head SEQ:HASH]

Opens the workspace in DIR to be read, recomputes the seals of its ledger and every invariant from the raw rows, and says what
it looked at. Exit code 1 names the first violation by its id. It shares no code with what writes the ledger.
  --head SEQ:HASH   a seal that was noted down earlier and must still be there`

/** Runs the program; resolves with the exit code: 0 everything holds, 1 something does not, 2 misused. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { folder: { type: 'string' }, head: { type: 'string' }, help: { type: 'boolean' } },
  })
  const head = headOf(values.head)
  if (values.folder === undefined || values.help || head === undefined) {
    process.stderr.write(`${USAGE}\n`)
    return values.help ? 0 : 2
  }
  const verdict = await verifyLedger(join(values.folder, 'tidings.db'), head)
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`)
  }
  for (const { name, ok, rows, found } of verdict.checks) {
    say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${rows} rows)${ok ? '' : `: ${found}`}`)
  }
  if (verdict.setbacks > 0) {
    say(
      `The clock was set back ${verdict.setbacks} times. What happened first in the time that it lived through twice is not judged.`,
    )
  }
  if (verdict.head.lastSeq > 0) say(`The newest seal is ${verdict.head.lastSeq}:${verdict.head.hash}`)
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  const broken = verdict.checks.find(check => !check.ok)
  if (broken) say(`The ledger does not hold: ${broken.name}: ${broken.found}`)
  return verdict.ok ? 0 : 1
}

/** null when none was given, undefined when it cannot be read. */
function headOf(given: string | undefined): ChainHead | null | undefined {
  if (given === undefined) return null
  const match = /^(\d+):([0-9a-f]{64})$/.exec(given)
  return match ? { lastSeq: Number(match[1]), hash: match[2] ?? '' } : undefined
}

main().then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  },
)
