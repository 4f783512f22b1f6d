import { chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

const project = join(import.meta.dirname, '..', '..', '..')

/** The desktop application on a workspace and a profile of its own. */
export interface Desktop {
  readonly app: ElectronApplication
  readonly page: Page
  /** Lines of the application's own log, oldest first. */
  log(): Promise<readonly Record<string, unknown>[]>
}

/** Folders of one test. */
export interface Folders {
  readonly workspace: string
  readonly profile: string
  discard(): Promise<void>
}

/** Makes the folders of one test. */
export async function makeFolders(): Promise<Folders> {
  const root = await mkdtemp(join(tmpdir(), 'tidings-electron-'))
  const [workspace, profile] = await Promise.all([mkdtemp(join(root, 'workspace-')), mkdtemp(join(root, 'profile-'))])
  await handOver(root)
  return { workspace, profile, discard: () => rm(root, { recursive: true, force: true }) }
}

// The stand-in for Electron in our own pipeline gives up the rights of root and becomes this user.
const NOBODY = 65_534

/** Where the tests run as root, gives a folder and all that is in it to the user that Electron runs as. */
export async function handOver(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  await chown(folder, NOBODY, NOBODY)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await chown(join(entry.parentPath, entry.name), NOBODY, NOBODY)
  }
}

/** What `electron` is started with. */
export function launchArguments({ workspace, profile }: Folders): string[] {
  return [
    '-r',
    join(project, 'out', 'main', 'before-ready.js'),
    project,
    `--user-data-dir=${profile}`,
    `--workspace=${workspace}`,
    '--unattended',
  ]
}

/** The binary that scripts/test.mjs found. */
export function electronBinary(): string {
  const path = process.env.TIDINGS_ELECTRON_PATH
  if (!path) throw new Error('TIDINGS_ELECTRON_PATH is not set: run npm test')
  return path
}

/** Opens the window and waits until it shows the application. */
export async function launch(folders: Folders): Promise<Desktop> {
  const app = await _electron.launch({
    executablePath: electronBinary(),
    args: launchArguments(folders),
    timeout: 60_000,
  })
  try {
    const page = await app.firstWindow()
    await page.getByRole('navigation').first().waitFor()
    return { app, page, log: () => readLog(folders.workspace) }
  } catch (error) {
    await app.close()
    throw error
  }
}

/** The log of a workspace. */
export async function readLog(workspace: string): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(join(workspace, 'logs', 'tidings.log'), 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}
