import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What is imported; the rows of each kind lie in a folder of their own. */
export type StagedKind = 'imports' | 'order-imports'

/** The folder in the workspace where an import puts its rows aside; made when missing. */
export async function stagingFolder(
  workspace: string,
  importId: string,
  kind: StagedKind = 'imports',
): Promise<string> {
  const folder = join(workspace, kind, importId)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** Removes what an import put aside. */
export function removeStaged(workspace: string, importId: string, kind: StagedKind = 'imports'): Promise<void> {
  return rm(join(workspace, kind, importId), { recursive: true, force: true })
}

/** The imports that put something aside and have not removed it. */
export async function stagedImports(workspace: string, kind: StagedKind = 'imports'): Promise<readonly string[]> {
  return readdir(join(workspace, kind)).catch(() => [])
}
