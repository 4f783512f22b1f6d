import { readFile } from 'node:fs/promises'
import { openImportWorkspace } from './import-workspace.ts'

// Its own process, to be killed: begins an import in a folder, or goes on with the one that is there; prints how it ended.
const [folder = '', file = ''] = process.argv.slice(2)
const workspace = await openImportWorkspace({ folder, seed: process.pid })
const begun = await workspace.storage.reader.selectFrom('imports').select('id').executeTakeFirst()
const id =
  begun?.id ?? (await workspace.begin(await workspace.upload(await readFile(file)), { country: 'US', listName: 'All' }))
process.stdout.write('begun\n')
const run = await workspace.finished(id)
process.stdout.write(`${JSON.stringify(run)}\n`)
await workspace.close()
