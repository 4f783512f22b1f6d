import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCHandler } from '@orpc/server/message-port'
import { listenOnLoopback } from '../../../src/main/host/http/node-server.ts'
import { createSurface } from '../../../src/main/host/http/surface.ts'
import type { Log } from '../../../src/main/kernel/log.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import { requestGuards, unknownNamesAreRefused } from '../../../src/main/request-guards.ts'
import type { AppRouter } from '../../../src/main/router.ts'
import { createFiles } from '../../../src/main/storage/files.ts'
import { inProcessTransport } from '../../../src/main/transport.ts'
import type { Transport } from '../../../src/shared/contract/client.ts'

export interface Carrier {
  readonly transport: Transport
  close(): Promise<void>
}

/** The three ways that requests travel, over the same router. */
export const carriers: Readonly<Record<string, (router: AppRouter, log: Log) => Promise<Carrier>>> = {
  'in process': async (router, log) => ({
    transport: inProcessTransport(router, { host: 'test' }, log),
    close: async () => undefined,
  }),
  'message port': async (router, log) => {
    const { port1, port2 } = new MessageChannel()
    const handler = new RPCHandler(router, {
      clientInterceptors: requestGuards(log),
      rootInterceptors: [unknownNamesAreRefused],
    })
    handler.upgrade(port1, { context: { host: 'test' } })
    port1.start()
    port2.start()
    return { transport: new PortLink({ port: port2 }), close: async () => port1.close() }
  },
  'loopback HTTP': async (router, log) => {
    const files = createFiles('/nowhere', seededRandom(1))
    const surface = createSurface(
      { router, files, log },
      { rendererFolder: '/nowhere', host: 'test', carriesRequests: true },
    )
    const server = await listenOnLoopback(surface, 0, error => {
      throw error
    })
    return { transport: new FetchLink({ url: `http://127.0.0.1:${server.port}/rpc` }), close: server.close }
  },
}
