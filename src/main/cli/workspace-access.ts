import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { RPCLink } from '@orpc/client/fetch'
import { z } from 'zod'
import { type Client, createClient, type Transport } from '../../shared/contract/client.ts'
import { AppError, Failure } from '../../shared/contract/failure.ts'
import { type Endpoint, readEndpoint } from '../host/endpoint.ts'
import { MOST_FILE_BYTES } from '../host/http/transfer.ts'
import { openApplication } from '../host/open-application.ts'
import { inProcessTransport } from '../transport.ts'

/** A workspace as the command line uses it: opened by this process, or asked through the copy that has it open. */
export interface WorkspaceAccess {
  readonly client: Client
  readonly transport: Transport
  /** Hands a file over and returns its token. */
  upload(path: string): Promise<string>
  close(): Promise<void>
}

/** Opens `folder`, or reaches the copy that has it. `work` begins due work when this process opens it. */
export async function accessWorkspace(folder: string, options: { readonly work: boolean }): Promise<WorkspaceAccess> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    return await ownAccess(folder, options.work)
  } catch (error) {
    if (!isInUse(error)) throw error
    return remoteAccess(await runningCopy(folder))
  }
}

/** Where the running copy of a workspace answers; fails with what to do when it does not. */
export async function runningCopy(folder: string): Promise<Endpoint> {
  const endpoint = await readEndpoint(folder)
  if (endpoint && (await answers(endpoint))) return endpoint
  throw new AppError(
    'conflict',
    `The workspace ${folder} is open in another copy of Tidings that does not take commands. Close it and run the command again, or start the copy with "tidings serve".`,
    { reason: 'workspace_in_use', folder },
  )
}

/** Asks a running copy for a fresh address to open in a browser. */
export async function freshAddress(endpoint: Endpoint): Promise<string> {
  const response = await ask(endpoint, '/session', { 'content-type': 'application/json' }, '{}')
  return z.object({ address: z.string() }).parse(await response.json()).address
}

/** True when the error says that another process has the workspace. */
export function isInUse(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'workspace_in_use'
}

async function ownAccess(folder: string, work: boolean): Promise<WorkspaceAccess> {
  const app = await openApplication(folder)
  if (work) app.start()
  const transport = inProcessTransport(app.router, { host: 'cli' }, app.kernel.log)
  return {
    client: createClient(transport),
    transport,
    upload: async path => (await app.files.copy(path, MOST_FILE_BYTES)).token,
    close: () => app.close(),
  }
}

function remoteAccess(endpoint: Endpoint): WorkspaceAccess {
  const transport: Transport = new RPCLink({
    url: `${endpoint.address}/rpc`,
    headers: { authorization: `Bearer ${endpoint.token}` },
  })
  return {
    client: createClient(transport),
    transport,
    async upload(path) {
      const body = Readable.toWeb(createReadStream(path))
      const name = encodeURIComponent(basename(path))
      const type = { 'content-type': 'application/octet-stream' }
      const response = await ask(endpoint, `/files?name=${name}`, type, body)
      const answer: unknown = await response.json()
      if (response.ok) return z.object({ token: z.string() }).parse(answer).token
      const failure = Failure.parse(answer)
      throw new AppError(failure.code, failure.message, failure.details ?? {})
    },
    close: () => Promise.resolve(),
  }
}

function ask(
  endpoint: Endpoint,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | ReturnType<typeof Readable.toWeb>,
): Promise<Response> {
  return fetch(`${endpoint.address}${path}`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${endpoint.token}` },
    body,
    duplex: 'half',
  })
}

async function answers(endpoint: Endpoint): Promise<boolean> {
  const response = await ask(
    endpoint,
    '/rpc/workspace/overview',
    { 'content-type': 'application/json' },
    '{"json":{}}',
  ).catch(() => null)
  await response?.body?.cancel()
  return response?.ok === true
}
