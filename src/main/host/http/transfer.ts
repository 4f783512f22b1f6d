import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { AppError, type Failure } from '../../../shared/contract/failure.ts'
import type { Files } from '../../storage/files.ts'
import { jsonResponse } from './headers.ts'
import { webStream } from './web-stream.ts'

/** The largest file that can be handed over. */
export const MOST_FILE_BYTES = 2 ** 30

/** POST /files?name=…: stores the body and answers with its token, name and size. */
export async function receiveFile(files: Files, request: Request): Promise<Response> {
  const name = new URL(request.url).searchParams.get('name') ?? 'file'
  try {
    const { token, name: stored, bytes } = await files.receive(name, bodyOf(request), MOST_FILE_BYTES)
    return jsonResponse({ token, name: stored, bytes }, 200)
  } catch (error) {
    return failed(error)
  }
}

/** GET /files/TOKEN: the bytes, to be saved under the file's own name. */
export async function sendFile(files: Files, token: string): Promise<Response> {
  try {
    const file = await files.find(token)
    const bytes = await files.open(token)
    const body = webStream(bytes, () => bytes.destroy())
    return new Response(body, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(file.bytes),
        'content-disposition': attachment(file.name),
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    return failed(error)
  }
}

// RFC 6266 with RFC 8187: a plain name for old readers, the real one in UTF-8.
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escaped)}`
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

function bodyOf(request: Request): Readable {
  if (request.body === null) return Readable.from([])
  return Readable.from(chunks(request.body))
}

async function* chunks(stream: ReadableStream<Uint8Array> | NodeReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield Buffer.from(value)
    }
  } finally {
    reader.releaseLock()
  }
}

const STATUS: Readonly<Partial<Record<Failure['code'], number>>> = { invalid_input: 400, not_found: 404 }

function failed(error: unknown): Response {
  if (!(error instanceof AppError)) throw error
  const failure: Failure = { code: error.code, message: error.message, details: { ...error.details } }
  return jsonResponse(failure, STATUS[error.code] ?? 500)
}
