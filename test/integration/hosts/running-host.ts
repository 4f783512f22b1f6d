import { mkdir, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type BrowserHost, startBrowserHost } from '../../../src/main/host/browser/index.ts'
import { createTestApp, type TestApp } from '../../support/create-test-app.ts'

export interface RunningHost {
  readonly test: TestApp
  readonly host: BrowserHost
  readonly rendererFolder: string
  /** Asks as any program could: every header is what is given here and nothing else. */
  ask(options: Asking): Promise<Answer>
  /** A cookie of an open session. */
  session(): Promise<string>
}

export interface Asking {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** The browser host in front of the whole application, on a free port. */
export async function startHost(seed = 1): Promise<RunningHost> {
  const test = await createTestApp({ start: false, seed })
  const rendererFolder = join(test.folder, 'renderer')
  await mkdir(rendererFolder)
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Tidings</title>')
  await writeFile(join(rendererFolder, 'index.js.map'), '{}')
  const host = await startBrowserHost(test.app, { folder: test.folder, rendererFolder, port: 0, host: 'browser' })
  onTestFinished(async () => {
    await host.close()
    await test[Symbol.asyncDispose]()
  })
  const ask = (options: Asking): Promise<Answer> => askHost(host.port, options)
  return {
    test,
    host,
    rendererFolder,
    ask,
    async session() {
      const token = new URL(host.address()).hash.replace('#token=', '')
      const answer = await ask({
        method: 'POST',
        path: '/session',
        headers: { origin: `http://127.0.0.1:${host.port}`, 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      })
      return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    },
  }
}

/** One request over loopback HTTP with exactly these headers. */
export function askHost(port: number, { method = 'GET', path, headers = {}, body }: Asking): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers } },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
