import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { readArguments, UsageError } from './arguments.ts'

/**
 * `tidings ledger verify`: runs the separate program that recomputes the ledger from its raw rows, also while another copy has
 * the workspace open. Exit code 1 when the ledger does not hold.
 */
export async function ledgerCommand(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, { head: { type: 'string' } }, 1)
  if (positionals[0] !== 'verify') throw new UsageError('tidings ledger knows one thing: verify')
  return runVerify(args)
}

/** `tidings verify`: the same in one word; `--folder` is another name for `--workspace`. */
export function verifyCommand(args: readonly string[]): Promise<number> {
  const renamed = args.map(arg => arg.replace(/^--folder(?==|$)/, '--workspace'))
  return runVerify(renamed)
}

async function runVerify(args: readonly string[]): Promise<number> {
  const { folder, text } = readArguments(args, { head: { type: 'string' } }, 1)
  const head = text('head')
  const program = join(import.meta.dirname, 'verify.js')
  const options = ['--folder', folder, ...(head === undefined ? [] : ['--head', head])]
  const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'inherit', 'inherit'] })
  const [code]: unknown[] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}
