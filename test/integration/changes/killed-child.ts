import { setTimeout as pause } from 'node:timers/promises'
import { createTestApp } from '../../support/create-test-app.ts'
import { beginChange, findChange, KILLED_WORKS } from './killed-work.ts'

// Its own process, to be killed: begins a change in a folder, and says when some of it is done.
const [folder = '', name = ''] = process.argv.slice(2)
const work = KILLED_WORKS.find(one => one === name)
if (work === undefined) throw new Error(`"${name}" is no work to be killed`)
const app = await createTestApp({ folder, seed: process.pid })
await beginChange(app.client, work)
for (;;) {
  const change = await findChange(app.client, work)
  if (change && (work === 'undo' ? change.restored : change.contacts) > 0) break
  await pause(1)
}
process.stdout.write('begun\n')
await pause(60_000)
