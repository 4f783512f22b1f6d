import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Pool } from 'undici'

/**
 * The floor of the sending benchmark by HTTP, in a process of its own: a bare loop over undici that posts ready bodies, as
 * many at once as there are connections. Prints one JSON line with the milliseconds it took.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: '' },
      size: { type: 'string', default: '' },
      connections: { type: 'string', default: '' },
      body: { type: 'string', default: '' },
    },
  })
  const size = Number(values.size)
  const connections = Number(values.connections)
  const body = readFileSync(values.body, 'utf8')
  const pool = new Pool(values.url, { connections, pipelining: 1 })
  const headers = { authorization: 'Bearer SG.bench', 'content-type': 'application/json' }
  const began = performance.now()
  let next = 0
  const one = async (): Promise<void> => {
    while (next < size) {
      next += 1
      const answer = await pool.request({ method: 'POST', path: '/v3/mail/send', headers, body })
      if (answer.statusCode !== 202) throw new Error(`answered ${answer.statusCode}`)
      await answer.body.dump()
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  const ms = performance.now() - began
  await pool.close()
  process.stdout.write(`${JSON.stringify({ ms })}\n`)
}

await main()
