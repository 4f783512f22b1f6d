import { readArguments, UsageError } from './arguments.ts'
import { fail, say } from './output.ts'
import { accessWorkspace } from './workspace-access.ts'

/** `tidings ledger verify`: exit code 1 and the first check that fails. */
export async function ledgerCommand(args: readonly string[]): Promise<number> {
  const { folder, positionals } = readArguments(args, {}, 1)
  if (positionals[0] !== 'verify') throw new UsageError('tidings ledger knows one thing: verify')
  const access = await accessWorkspace(folder, { work: false })
  try {
    const report = await access.client.workspace.verifyLedger({})
    for (const check of report.checks) {
      fail(`${check.ok ? 'ok    ' : 'FAILED'} ${check.name} (${check.rows} rows)${check.ok ? '' : `: ${check.found}`}`)
    }
    say(JSON.stringify(report))
    const broken = report.checks.find(check => !check.ok)
    if (broken) fail(`The ledger does not hold: ${broken.name}: ${broken.found}`)
    return report.ok ? 0 : 1
  } finally {
    await access.close()
  }
}
