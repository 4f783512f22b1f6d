import './host/thread-pool.ts'
import { endWithReader } from './cli/output.ts'
import { runCommandLine } from './cli/run.ts'

endWithReader()
void runCommandLine(process.argv.slice(2)).then(exitCode => {
  process.exitCode = exitCode
})
