import { existsSync, readdirSync } from 'node:fs'
import { build } from './build.mjs'
import { readOptions } from './lib/options.mjs'
import { inProject, runNode, tell } from './lib/project.mjs'
import { runnable } from './lib/typescript-run.mjs'
import { main, setup } from './setup.mjs'

await main(async () => {
  const { provider, rest } = readProvider(process.argv.slice(2))
  const { names, numbers } = readOptions(rest)
  await setup()
  await build()
  const known = readdirSync(inProject('test', 'bench'))
    .filter(file => /^[a-z]+\.ts$/.test(file))
    .map(file => file.slice(0, -3))
  const name = names[0]
  const file = `test/bench/${name}${provider === '' ? '' : `-${provider}`}.ts`
  if (!name || !/^[a-z]+$/.test(name) || !existsSync(inProject(file))) {
    tell(`Usage: npm run bench -- NAME [--size N]     NAME is one of: ${known.join(', ')}`)
    tell('       npm run bench -- send --provider http [--size N]')
    tell('       npm run bench -- send --dkim [--size N]')
    return 2
  }
  const bench = name + (provider === '' ? '' : `${provider[0].toUpperCase()}${provider.slice(1)}`)
  const args = [inProject('scripts', 'lib', 'bench-run.mjs'), await runnable(file), bench]
  return runNode(numbers.size === undefined ? args : [...args, String(numbers.size)])
})

/** What `--provider` names, or `--dkim`, and the other arguments; `smtp` is what is measured anyway. */
function readProvider(args) {
  if (args.includes('--dkim')) return { provider: 'dkim', rest: args.filter(one => one !== '--dkim') }
  const at = args.indexOf('--provider')
  if (at === -1) return { provider: '', rest: args }
  const provider = args[at + 1] ?? ''
  if (!/^[a-z]+$/.test(provider)) throw new Error('--provider wants smtp or http')
  return { provider: provider === 'smtp' ? '' : provider, rest: [...args.slice(0, at), ...args.slice(at + 2)] }
}
