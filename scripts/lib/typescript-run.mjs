import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { inProject, projectNode } from './project.mjs'

const PROBE = "process.stdout.write(String(process.features.typescript ?? ''))"

/**
 * How a TypeScript file of the tests is imported: by Node itself where it strips types (the packaged Node 24, or a system
 * Node from 22.18), else built into .cache first. Returns a path to import.
 */
export async function runnable(file) {
  const { stdout } = spawnSync(projectNode(), ['-e', PROBE], { encoding: 'utf8' })
  if (stdout === 'strip' || stdout === 'transform') return inProject(file)
  const { build } = await import('vite')
  const outDir = inProject('.cache', 'scripts')
  const name = basename(file, extname(file))
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inProject(),
    ssr: { noExternal: true, external: ['sqlite3'] },
    build: {
      ssr: inProject(file),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  })
  const built = inProject('.cache', 'scripts', `${name}.mjs`)
  if (!existsSync(built)) throw new Error(`${file} could not be built`)
  return built
}
