import { createReadStream } from 'node:fs'
import { ImportId } from '../../../src/shared/contract/define.ts'
import { openImportWorkspace } from './import-workspace.ts'

// A process of its own whose memory is limited: imports a file and prints how it ended, and what was rejected.
const [folder = '', file = ''] = process.argv.slice(2)
const workspace = await openImportWorkspace({ folder })
const { token } = await workspace.files.receive('people.csv', createReadStream(file), 2 ** 30)
const { rows, created, rejected } = await workspace.finished(await workspace.begin(token, { country: 'US' }))
const imports = await workspace.handlers.list({ offset: 0, limit: 1 }, workspace.context)
const id = ImportId.parse(imports.rows[0]?.id)
const kept = await workspace.handlers.rejects({ id, offset: 0, limit: 10 }, workspace.context)
const reasons = kept.rows.map(({ line, reason }) => `${line}: ${reason}`)
process.stdout.write(`${JSON.stringify({ rows, created, rejected, reasons })}\n`)
await workspace.close()
