import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions, nativeTheme, shell } from 'electron'
import type { MenuCommand } from '../../../shared/desktop.ts'

export interface MenuParts {
  readonly window: () => BrowserWindow | null
  readonly logsFolder: string
  readonly workspaceFolder: string
}

/** Puts up the native menu. It opens places in the page and changes how it looks; it never acts on data. */
export function showMenu(parts: MenuParts): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(parts)))
}

function template({ window, logsFolder, workspaceFolder }: MenuParts): MenuItemConstructorOptions[] {
  const ask = (command: MenuCommand) => () => window()?.webContents.send('app:menu', command)
  const open = (label: string, path: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: ask({ kind: 'open', path }),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const theme = (label: string, wanted: 'light' | 'dark' | 'system'): MenuItemConstructorOptions => ({
    label,
    type: 'radio',
    checked: nativeTheme.themeSource === wanted,
    click: () => {
      nativeTheme.themeSource = wanted
      ask({ kind: 'theme', theme: wanted })()
    },
  })
  const isMac = process.platform === 'darwin'
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        open('New &campaign', '/campaigns?create=true', 'CmdOrCtrl+N'),
        open('&Import contacts…', '/imports', 'CmdOrCtrl+I'),
        { type: 'separator' },
        { label: 'Show &workspace folder', click: () => shell.showItemInFolder(workspaceFolder) },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        open('&Home', '/', 'CmdOrCtrl+1'),
        open('&Contacts', '/contacts', 'CmdOrCtrl+2'),
        open('&Templates', '/templates', 'CmdOrCtrl+3'),
        open('C&ampaigns', '/campaigns', 'CmdOrCtrl+4'),
        { type: 'separator' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { role: 'togglefullscreen' },
        { type: 'separator' },
        {
          label: 'T&heme',
          submenu: [theme('Light', 'light'), theme('Dark', 'dark'), theme('As the system', 'system')],
        },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    {
      label: '&Campaign',
      submenu: [
        open('&Running campaigns', '/campaigns'),
        open('&Approvals', '/approvals'),
        open('&Practice mailbox', '/practice'),
        open('&Sending accounts', '/settings/accounts'),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        open('&Activity', '/activity'),
        { label: '&Logs folder', click: () => void shell.openPath(logsFolder) },
        { type: 'separator' },
        { role: 'about' },
      ],
    },
  ]
}
