import { contextBridge, ipcRenderer } from 'electron'

// The port cannot cross the context bridge, so it is handed on as a message of the window to itself.
ipcRenderer.on('app:port', event => {
  window.postMessage('tidings:port', window.location.origin, [...event.ports])
})

contextBridge.exposeInMainWorld('tidings', {
  connect: () => ipcRenderer.send('app:connect'),
  onMenuCommand: (run: (command: unknown) => void) => {
    ipcRenderer.on('app:menu', (_event, command: unknown) => run(command))
  },
})
