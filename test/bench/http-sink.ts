import { createServer } from 'node:http'

/**
 * A service that takes messages as SendGrid does and remembers whose they were, in a process of its own: the floor and the
 * application send to the same one. Prints its port; `GET /taken` tells what came, `POST /forget` begins anew.
 */
const taken: string[] = []

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => {
    if (request.url === '/v3/mail/send' && request.headers.authorization === 'Bearer SG.bench') {
      const body = Buffer.concat(chunks).toString('utf8')
      taken.push(/"message_id":"([^"]+)"/.exec(body)?.[1] ?? '')
      response.writeHead(202, { 'x-message-id': `sg-${taken.length}` }).end()
      return
    }
    if (request.url === '/taken') response.end(JSON.stringify(taken))
    else if (request.url === '/forget') {
      taken.length = 0
      response.end()
    } else response.writeHead(404).end()
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${address !== null && typeof address === 'object' ? address.port : 0}\n`)
})
// Whoever started it holds its standard input open.
process.stdin.on('end', () => process.exit(0)).resume()
