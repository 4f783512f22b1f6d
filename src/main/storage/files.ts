import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../shared/contract/failure.ts'
import type { Random } from '../kernel/random.ts'

/** A file that was handed over, or is kept for fetching. */
export interface StoredFile {
  readonly token: string
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/**
 * Files on their way in and out of the application. The renderer never sees a path: it hands over bytes and gets a
 * token, or gets a token and fetches bytes. They live in `files/` of the workspace.
 */
export interface Files {
  /** Stores a stream. Fails with `invalid_input` beyond `mostBytes` and keeps nothing then. */
  receive(name: string, source: Readable, mostBytes: number): Promise<StoredFile>
  /** Stores a copy of a file of this machine, as `receive` does. */
  copy(path: string, mostBytes: number): Promise<StoredFile>
  /** Makes an empty file to be written by the caller and fetched under its token. */
  create(name: string): Promise<StoredFile>
  find(token: string): Promise<StoredFile>
  open(token: string): Promise<Readable>
  remove(token: string): Promise<void>
}

const TOKEN = /^[A-Za-z0-9_-]{16,64}$/

/** Files below `folder`/files. The name is kept beside the bytes and never becomes a path. */
export function createFiles(folder: string, random: Random): Files {
  const root = join(folder, 'files')
  const place = (token: string): string => {
    if (!TOKEN.test(token)) throw new AppError('invalid_input', 'That is not a file token.')
    return join(root, token)
  }
  async function begin(name: string): Promise<{ token: string; path: string; name: string }> {
    const token = Buffer.from(random.bytes(18)).toString('base64url')
    await mkdir(place(token), { recursive: true, mode: 0o700 })
    const safe = cleanName(name)
    await writeFile(join(place(token), 'name'), safe, { mode: 0o600 })
    return { token, name: safe, path: join(place(token), 'bytes') }
  }
  const files: Files = {
    async receive(name, source, mostBytes) {
      const begun = await begin(name)
      let bytes = 0
      try {
        await pipeline(
          source,
          async function* limited(chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              bytes += chunk.length
              checkSize(bytes, mostBytes)
              yield chunk
            }
          },
          createWriteStream(`${begun.path}.part`, { mode: 0o600 }),
        )
        await rename(`${begun.path}.part`, begun.path)
      } catch (error) {
        await rm(place(begun.token), { recursive: true, force: true })
        throw error
      }
      return { ...begun, bytes }
    },
    async copy(path, mostBytes) {
      checkSize((await stat(path)).size, mostBytes)
      const begun = await begin(basename(path))
      try {
        // By the system, not through our memory: the pieces of a stream would stay there as garbage for a whole import.
        await copyFile(path, `${begun.path}.part`)
        await chmod(`${begun.path}.part`, 0o600)
        const { size } = await stat(`${begun.path}.part`)
        checkSize(size, mostBytes)
        await rename(`${begun.path}.part`, begun.path)
        return { ...begun, bytes: size }
      } catch (error) {
        await rm(place(begun.token), { recursive: true, force: true })
        throw error
      }
    },
    async create(name) {
      const begun = await begin(name)
      await writeFile(begun.path, '', { mode: 0o600 })
      return { ...begun, bytes: 0 }
    },
    async find(token) {
      const folderOf = place(token)
      const names: readonly string[] = await readdir(folderOf).catch(() => [])
      if (!names.includes('bytes')) throw new AppError('not_found', 'The file is no longer there. Choose it again.')
      const path = join(folderOf, 'bytes')
      const name = await readName(join(folderOf, 'name'))
      return { token, name, path, bytes: (await stat(path)).size }
    },
    open: async token => createReadStream((await files.find(token)).path),
    remove: token => rm(place(token), { recursive: true, force: true }),
  }
  return files
}

async function readName(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => 'file')
}

function checkSize(bytes: number, mostBytes: number): void {
  if (bytes <= mostBytes) return
  throw new AppError(
    'invalid_input',
    `The file is larger than ${Math.round(mostBytes / 2 ** 20)} MB. Split it and import the parts.`,
  )
}

function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
  return last.replace(/[\u0000-\u001f\u007f"]/g, '').slice(0, 200) || 'file'
}
