#!/usr/bin/env node
import { build } from './build.mjs'
import { inProject, runNode } from './lib/project.mjs'
import { main, setup } from './setup.mjs'

await main(async () => {
  await setup()
  await build()
  return runNode([inProject('out', 'main', 'cli.js'), ...process.argv.slice(2)], { cwd: process.cwd() })
})
