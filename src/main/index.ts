import './before-ready.ts'
import { startDesktop } from './host/electron/main.ts'

startDesktop()
