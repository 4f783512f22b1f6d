import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** How the command line reaches a running copy. The token is worth as much as the workspace, so the file is 0600. */
export const Endpoint = z.object({
  address: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/),
  token: z.string().min(43),
  pid: z.number().int().positive(),
  host: z.enum(['browser', 'worker', 'electron']),
})
export type Endpoint = z.infer<typeof Endpoint>

const place = (folder: string): string => join(folder, 'endpoint.json')

/** Leaves word in the workspace of where the running copy answers. */
export async function writeEndpoint(folder: string, endpoint: Endpoint): Promise<void> {
  const part = `${place(folder)}.part`
  await writeFile(part, JSON.stringify(endpoint), { mode: 0o600 })
  await chmod(part, 0o600)
  await rename(part, place(folder))
}

/** Where the running copy answers, or null when it left no word. A killed copy leaves a stale one: asking it fails. */
export async function readEndpoint(folder: string): Promise<Endpoint | null> {
  try {
    const parsed = Endpoint.safeParse(JSON.parse(await readFile(place(folder), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Takes the word back. */
export function removeEndpoint(folder: string): Promise<void> {
  return rm(place(folder), { force: true })
}
