import { closeSync, openSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'

/**
 * As a process: `node test/support/http-sink.ts --record FILE` takes e-mail by Postmark's POST /email on loopback and prints its
 * port. It appends `<message-ref> <recipient>` to the file before it answers; the end of standard input ends it.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { record: { type: 'string' }, attached: { type: 'boolean' } } })
  const file = openSync(values.record ?? '', 'a')
  let taken = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    request.on('end', () => {
      const isMail = request.method === 'POST' && request.url === '/email'
      if (isMail) writeSync(file, `${refOf(body)} ${/"To":"([^"]+)"/.exec(body)?.[1] ?? '-'}\n`)
      taken += 1
      response.writeHead(isMail ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ErrorCode: 0, Message: 'OK', MessageID: `http-${taken}` }))
    })
    // A client that is killed in the middle of a request is what this sink is for.
    request.on('error', () => undefined)
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`)
  process.stdin.resume()
  process.stdin.on('end', () => {
    closeSync(file)
    process.exit(0)
  })
}

function refOf(body: string): string {
  return /"X-Message-Ref","Value":"([^"]+)"/.exec(body)?.[1] ?? '-'
}

if (import.meta.main) await main()
