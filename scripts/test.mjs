import { build } from './build.mjs'
import { tell } from './lib/project.mjs'
import { testSteps } from './lib/test-steps.mjs'
import { main, setup } from './setup.mjs'

await main(async () => {
  const started = Date.now()
  await setup()
  await build()
  tell(`Set up and built in ${secondsSince(started)} s.`)
  const results = []
  for (const round of testSteps()) results.push(...(await Promise.all(round.map(runLane))).flat())
  return summary(results, secondsSince(started))
})

async function runLane(steps) {
  const results = []
  for (const step of steps) results.push(await runStep(step))
  return results
}

// What runs beside another step says everything when it has ended, so that the two are not mixed up.
async function runStep({ name, isQuiet, run }) {
  const started = Date.now()
  if (!isQuiet) tell(`\n— ${name}`)
  const { output = '', ...result } = await run()
  if (isQuiet) tell(`\n— ${name}\n${output}`.trimEnd())
  return { name, ...result, seconds: secondsSince(started) }
}

function secondsSince(started) {
  return Math.round((Date.now() - started) / 1000)
}

function summary(results, seconds) {
  const wide = Math.max(...results.map(({ name }) => name.length))
  tell('')
  for (const { name, passed, failed, notRun, seconds } of results) {
    const outcome = notRun ? `not run: ${notRun}` : `${passed} passed, ${failed} failed`
    process.stdout.write(`${name.padEnd(wide)}  ${String(seconds).padStart(4)} s  ${outcome}\n`)
  }
  const total = kind => results.reduce((sum, result) => sum + result[kind], 0)
  process.stdout.write(`${total('passed')} passed, ${total('failed')} failed in ${seconds} s with the set-up\n`)
  return total('failed') === 0 ? 0 : 1
}
