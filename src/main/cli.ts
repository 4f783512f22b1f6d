import './host/thread-pool.ts'
import { runCommandLine } from './cli/run.ts'

void runCommandLine(process.argv.slice(2)).then(exitCode => {
  process.exitCode = exitCode
})
