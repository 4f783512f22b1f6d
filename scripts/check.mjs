import { staticChecks } from './lib/checks.mjs'
import { runNode, tell } from './lib/project.mjs'
import { main, setup } from './setup.mjs'

await main(async () => {
  await setup()
  for (const { name, args } of staticChecks()) {
    tell(`— ${name}`)
    const code = await runNode(args)
    if (code !== 0) return code
  }
  return 0
})
