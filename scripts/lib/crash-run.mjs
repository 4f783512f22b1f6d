import { pathToFileURL } from 'node:url'

// Runs in a process of its own: crash-run FILE OPTIONS.
const [file = '', options = '{}'] = process.argv.slice(2)
const { runCrash } = await import(pathToFileURL(file).href)
try {
  const result = await runCrash(JSON.parse(options))
  process.stdout.write(`${JSON.stringify(result)}\n`)
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
