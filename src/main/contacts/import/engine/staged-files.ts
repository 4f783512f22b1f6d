import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder in the workspace where an import puts its rows aside; made when missing. */
export async function stagingFolder(workspace: string, importId: string): Promise<string> {
  const folder = join(parent(workspace), importId)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** Removes what an import put aside. */
export function removeStaged(workspace: string, importId: string): Promise<void> {
  return rm(join(parent(workspace), importId), { recursive: true, force: true })
}

/** The imports that put something aside and have not removed it. */
export async function stagedImports(workspace: string): Promise<readonly string[]> {
  return readdir(parent(workspace)).catch(() => [])
}

function parent(workspace: string): string {
  return join(workspace, 'imports')
}
