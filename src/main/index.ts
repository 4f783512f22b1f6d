import './host/thread-pool.ts'
import { startDesktop } from './host/electron/main.ts'

startDesktop()
