import './host/thread-pool.ts'
import { beforeReady } from './host/electron/before-ready.ts'

// An entry of its own, so that `electron -r out/main/before-ready.js .` can read it before a launcher that loads the
// application in its own time lets Electron become ready.
beforeReady()
