import { join } from 'node:path'
import { AppError } from '../../shared/contract/failure.ts'
import { openConnection } from './connection.ts'

/** Held by the one process that may write to a workspace; gone with the process, also after SIGKILL. */
export interface OwnerLock {
  release(): Promise<void>
}

/**
 * Takes the workspace, or fails with `conflict` when another process has it. The lock is SQLite's own exclusive lock on
 * `owner.lock`, which the operating system takes back from a killed process.
 */
export async function takeOwnership(folder: string): Promise<OwnerLock> {
  const connection = await openConnection(join(folder, 'owner.lock'), 'create')
  try {
    await connection.exec('pragma busy_timeout = 0; pragma journal_mode = delete; begin exclusive')
  } catch (error) {
    await connection.close()
    if (error instanceof Error && error.message.includes('SQLITE_BUSY')) {
      throw new AppError(
        'conflict',
        `The workspace ${folder} is already open in another copy of Tidings. Close that copy, or use it.`,
        {
          reason: 'workspace_in_use',
          folder,
        },
      )
    }
    throw error
  }
  return { release: () => connection.close() }
}
