import { build } from './build.mjs'
import { tell } from './lib/project.mjs'
import { testSteps } from './lib/test-steps.mjs'
import { main, setup } from './setup.mjs'

await main(async () => {
  await setup()
  await build()
  const results = []
  for (const { name, run } of testSteps()) {
    tell(`\n— ${name}`)
    const started = Date.now()
    results.push({ name, ...(await timed(run, started)) })
  }
  return summary(results)
})

async function timed(run, started) {
  const result = await run()
  return { ...result, seconds: Math.round((Date.now() - started) / 1000) }
}

function summary(results) {
  const wide = Math.max(...results.map(({ name }) => name.length))
  tell('')
  for (const { name, passed, failed, notRun, seconds } of results) {
    const outcome = notRun ? `not run: ${notRun}` : `${passed} passed, ${failed} failed`
    process.stdout.write(`${name.padEnd(wide)}  ${String(seconds).padStart(4)} s  ${outcome}\n`)
  }
  const total = kind => results.reduce((sum, result) => sum + result[kind], 0)
  process.stdout.write(`${total('passed')} passed, ${total('failed')} failed\n`)
  return total('failed') === 0 ? 0 : 1
}
