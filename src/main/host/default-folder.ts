import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the workspace lies unless something else is said: inside the folder that Electron uses for the application. */
export function defaultWorkspace(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  return join(applicationFolder(platform, environment, home), 'workspace')
}

function applicationFolder(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Tidings')
  if (platform === 'win32') return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Tidings')
  return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'Tidings')
}
