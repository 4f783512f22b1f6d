import { createReadStream } from 'node:fs'
import { createTestApp } from '../../../support/create-test-app.ts'
import { inspectFile } from './import-orders.ts'

// Its own process, to be killed: begins an import of orders in a folder, or goes on with the one that is there; prints how it ended.
const [folder = '', file = ''] = process.argv.slice(2)
const app = await createTestApp({ folder, seed: process.pid })
const { rows } = await app.client.purchases.listImports({ limit: 1 })
let id = rows[0]?.id
if (id === undefined) {
  const { token, reading, mapping, options } = await inspectFile(app, 'orders.csv', createReadStream(file))
  id = (await app.client.purchases.startImport({ token, reading, mapping, options })).id
}
process.stdout.write('begun\n')
await app.idle()
process.stdout.write(`${JSON.stringify(await app.client.purchases.getImport({ id }))}\n`)
await app.close()
