import { pathToFileURL } from 'node:url'

// Runs in its own process, so that its memory is its own: bench-run FILE NAME [SIZE].
const [file = '', name = '', size] = process.argv.slice(2)
const module = await import(pathToFileURL(file).href)
const wanted = `bench${name[0]?.toUpperCase()}${name.slice(1)}`
const bench = module[wanted]
if (typeof bench !== 'function') throw new Error(`${file} does not export ${wanted}`)
const result = await bench(...(size === undefined ? [] : [Number(size)]))

const shown = value => (typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(2) : String(value))
const rows = Object.entries(result).filter(([, value]) => typeof value !== 'object')
const wide = Math.max(...rows.map(([key]) => key.length))
for (const [key, value] of rows) process.stdout.write(`${key.padEnd(wide)}  ${shown(value)}\n`)
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exit(0)
