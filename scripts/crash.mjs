import { build } from './build.mjs'
import { readOptions } from './lib/options.mjs'
import { inProject, runNode } from './lib/project.mjs'
import { runnable } from './lib/typescript-run.mjs'
import { main, setup } from './setup.mjs'

await main(async () => {
  const { numbers } = readOptions(process.argv.slice(2))
  await setup()
  await build()
  const options = { kills: numbers.kills ?? 100, ...(numbers.recipients ? { recipients: numbers.recipients } : {}) }
  const file = await runnable('test/crash/crash-run.ts')
  return runNode([inProject('scripts', 'lib', 'crash-run.mjs'), file, JSON.stringify(options)])
})
