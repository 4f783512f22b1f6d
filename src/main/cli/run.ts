import { AppError } from '../../shared/contract/failure.ts'
import { UsageError } from './arguments.ts'
import { callCommand } from './call.ts'
import { contractCommand } from './contract.ts'
import { HELP, helpOf } from './help.ts'
import { importCommand } from './import.ts'
import { ledgerCommand, verifyCommand } from './ledger.ts'
import { fail, say } from './output.ts'
import { serveCommand } from './serve.ts'
import { workerCommand } from './worker.ts'

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  serve: serveCommand,
  worker: workerCommand,
  import: importCommand,
  call: callCommand,
  contract: contractCommand,
  ledger: ledgerCommand,
  verify: verifyCommand,
}

/** Runs one command and returns the exit code: 0 done, 1 failed, 2 misused. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    say(HELP)
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    fail(`There is no command "${name}".\n\n${HELP}`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    say(helpOf(name))
    return 0
  }
  try {
    return await command(rest)
  } catch (error) {
    return explain(name, error)
  }
}

function explain(name: string, error: unknown): number {
  if (error instanceof UsageError) {
    fail(`${error.message}\n\n${helpOf(name)}`)
    return 2
  }
  if (error instanceof AppError)
    fail(JSON.stringify({ code: error.code, message: error.message, details: error.details }))
  else fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}
