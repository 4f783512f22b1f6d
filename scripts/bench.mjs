import { existsSync, readdirSync } from 'node:fs'
import { build } from './build.mjs'
import { readOptions } from './lib/options.mjs'
import { inProject, runNode, tell } from './lib/project.mjs'
import { runnable } from './lib/typescript-run.mjs'
import { main, setup } from './setup.mjs'

await main(async () => {
  const { names, numbers } = readOptions(process.argv.slice(2))
  await setup()
  await build()
  const known = readdirSync(inProject('test', 'bench'))
    .filter(file => /^[a-z]+\.ts$/.test(file))
    .map(file => file.slice(0, -3))
  const name = names[0]
  const file = `test/bench/${name}.ts`
  if (!name || !/^[a-z]+$/.test(name) || !existsSync(inProject(file))) {
    tell(`Usage: npm run bench -- NAME [--size N]     NAME is one of: ${known.join(', ')}`)
    return 2
  }
  const args = [inProject('scripts', 'lib', 'bench-run.mjs'), await runnable(file), name]
  return runNode(numbers.size === undefined ? args : [...args, String(numbers.size)])
})
