import { once } from 'node:events'
import { get } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { requestThatHears } from '../../../src/main/host/http/held-signal.ts'
import { listenOnLoopback } from '../../../src/main/host/http/node-server.ts'

test('what serves a page hears that it has gone, also when its garbage was collected meanwhile', async () => {
  const left = new AbortController()
  const server = await listenOnLoopback(
    ({ signal, url }) => {
      // As the surface does: the body was read, so that the request is made anew.
      requestThatHears(signal, url, {}).signal.addEventListener('abort', () => left.abort())
      const body = new ReadableStream({ start: controller => controller.enqueue(Buffer.from('begun')) })
      return Promise.resolve(new Response(body))
    },
    0,
    error => {
      throw error
    },
  )
  onTestFinished(() => server.close())
  const page = get({ host: '127.0.0.1', port: server.port })
  await once(page, 'response')
  await collectGarbage()
  const heard = left.signal.aborted ? undefined : once(left.signal, 'abort')
  page.destroy()
  await heard
  expect(left.signal.aborted).toBe(true)
})

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('garbage cannot be collected by hand here')
  for (let times = 0; times < 3; times++) {
    collect()
    await turn()
  }
}
