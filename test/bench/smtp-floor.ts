import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createTransport } from 'nodemailer'

/**
 * The floor of the sending benchmark, in a process of its own: a bare nodemailer pool that calls sendMail with ready HTML
 * and text, as many at once as it has connections and as many more waiting. Prints one JSON line with the milliseconds it took.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '' },
      size: { type: 'string', default: '' },
      connections: { type: 'string', default: '' },
      html: { type: 'string', default: '' },
      text: { type: 'string', default: '' },
      key: { type: 'string', default: '' },
    },
  })
  const size = Number(values.size)
  const connections = Number(values.connections)
  const html = readFileSync(values.html, 'utf8')
  const text = readFileSync(values.text, 'utf8')
  const transport = createTransport({
    host: '127.0.0.1',
    port: Number(values.port),
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    ...(values.key === ''
      ? {}
      : { dkim: { domainName: 'sender.test', keySelector: 'bench', privateKey: readFileSync(values.key, 'utf8') } }),
  })
  const began = performance.now()
  let next = 0
  const one = async (): Promise<void> => {
    while (next < size) {
      const n = next++
      await transport.sendMail({
        from: 'Tidings <news@sender.test>',
        to: `person${n}@example.org`,
        subject: `News for Ann${n}`,
        headers: { 'X-Message-Ref': `floor-${n}` },
        html,
        text,
      })
    }
  }
  await Promise.all(Array.from({ length: connections * 2 }, one))
  const ms = performance.now() - began
  transport.close()
  process.stdout.write(`${JSON.stringify({ ms })}\n`)
}

await main()
