import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const project = join(import.meta.dirname, '..')
const cruiser = join(project, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')

function sourceFiles(): readonly string[] {
  return readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .map(file => `src/${file.replaceAll('\\', '/')}`)
}

function importFaults(folder: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [cruiser, 'src', '--config', '.dependency-cruiser.cjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return `${stdout}${stderr}`
}

describe('who may import whom', () => {
  test('nobody breaks the rules, and the rules see all files', () => {
    const said = importFaults(project)
    expect(said).toContain('no dependency violations found')
    const seen = Number(/(\d+) modules/.exec(said)?.[1])
    expect(seen).toBeGreaterThan(sourceFiles().length)
  })

  /** A violation of each kind: the file to plant, what it says, and the rule that must name it. */
  const PLANTED: readonly (readonly [rule: string, file: string, source: string])[] = [
    ['no-circles', 'src/main/kernel/planted-1.ts', "import './planted-circle.ts'\nexport const a = 1\n"],
    ['shared-stands-alone', 'src/shared/planted-1.ts', "import '../main/kernel/clock.ts'\n"],
    ['kernel-stands-low', 'src/main/kernel/planted-2.ts', "import '../storage/mutex.ts'\n"],
    ['storage-stands-low', 'src/main/storage/planted-1.ts', "import '../scheduling/jobs.ts'\n"],
    ['scheduling-stands-low', 'src/main/scheduling/planted-1.ts', "import '../accounts/index.ts'\n"],
    ['domain-contacts', 'src/main/contacts/planted-1.ts', "import '../campaigns/index.ts'\n"],
    ['domain-sending', 'src/main/sending/planted-1.ts', "import '../campaigns/campaigns.ts'\n"],
    ['domain-accounts', 'src/main/accounts/planted-1.ts', "import '../workspace/workspace.ts'\n"],
    ['only-hosts-start-the-application', 'src/main/workspace/planted-1.ts', "import '../app.ts'\n"],
    ['hosts-know-no-domain', 'src/main/host/planted-1.ts', "import '../contacts/index.ts'\n"],
    ['nobody-imports-hosts', 'src/main/sending/planted-2.ts', "import '../host/endpoint.ts'\n"],
    ['electron-in-its-host', 'src/main/sending/planted-3.ts', "import 'electron'\n"],
    ['ipc-in-one-file', 'src/main/host/planted-2.ts', "import '@orpc/server/message-port'\n"],
    ['sqlite3-in-storage', 'src/main/contacts/planted-2.ts', "import 'sqlite3'\n"],
    ['verify-stands-alone', 'src/verify/planted-1.ts', "import '../main/kernel/clock.ts'\n"],
    ['nobody-imports-verify', 'src/main/sending/planted-5.ts', "import '../../verify/chain.ts'\n"],
    ['kysely-in-stores', 'src/main/contacts/planted-3.ts', "import 'kysely'\n"],
    ['network-at-the-edge', 'src/main/campaigns/planted-1.ts', "import 'node:http'\n"],
    ['network-at-the-edge', 'src/main/sending/planted-4.ts', "import 'nodemailer'\n"],
    ['pages-see-shared-only', 'src/renderer/planted-1.ts', "import '../main/kernel/clock.ts'\n"],
    ['pages-see-shared-only', 'src/preload/planted-1.ts', "import '../main/kernel/clock.ts'\n"],
    ['pages-stand-apart', 'src/renderer/pages/contacts/planted-1.ts', "import '../campaigns/campaigns-page.ts'\n"],
    ['no-node-in-the-page', 'src/renderer/planted-2.ts', "import 'node:fs'\n"],
    ['everything-resolves', 'src/main/kernel/planted-3.ts', "import './nowhere.ts'\n"],
  ]
  let copy: string

  // Only what the rules read: paths. What is planted imports empty files, so that one look at a few files is enough.
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'tidings-rules-'))
    for (const path of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json']) {
      cpSync(join(project, path), join(copy, path))
    }
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'dir')
    for (const [, file, source] of PLANTED) {
      plant(file, source)
      const imported = join(dirname(file), /'(\..+)'/.exec(source)?.[1] ?? '.')
      if (existsSync(join(project, imported)) && imported.endsWith('.ts')) plant(imported, 'export const b = 1\n')
    }
    plant('src/main/kernel/planted-circle.ts', "import './planted-1.ts'\n")
    plant('src/renderer/pages/campaigns/campaigns-page.ts', 'export const page = 1\n')
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  function plant(file: string, source: string): void {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    writeFileSync(join(copy, file), source)
  }

  test('a violation of each kind is named in one line, with the file and the rule', () => {
    const lines = importFaults(copy).split('\n')
    const missed = PLANTED.filter(
      ([rule, file]) => !lines.some(line => line.includes(`error ${rule}: ${file.replace(/\.ts$/, '')}`)),
    )
    expect(missed).toEqual([])
  })
})

describe('what is not written', () => {
  const sources = sourceFiles()

  /** Each ban: what must not be there, where it may be, and why. */
  const BANS: readonly (readonly [what: string, pattern: RegExp, allowedIn: RegExp])[] = [
    ['Date.now() outside the kernel', /\bDate\.now\(/, /^src\/(main\/kernel|renderer)\//],
    ['new Date() without an instant outside the kernel', /\bnew Date\(\s*\)/, /^src\/(main\/kernel|renderer)\//],
    ['Math.random() outside the kernel', /\bMath\.random\(/, /^src\/main\/kernel\//],
    ['randomUUID outside the kernel', /\brandomUUID\b/, /^src\/main\/kernel\//],
    ['randomBytes outside the kernel', /\brandomBytes\b/, /^src\/main\/kernel\//],
    ['setTimeout outside the kernel', /\bsetTimeout\(/, /^src\/(main\/kernel|renderer)\//],
    ['setInterval anywhere', /\bsetInterval\(/, /^src\/renderer\//],
    ['console', /\bconsole\.[a-z]+\(/, /^$/],
    ['a default export', /^export default /m, /^$/],
    ['eval, Function or vm', /\beval\(|\bnew Function\(|['"]node:vm['"]/, /^$/],
    ['dangerouslySetInnerHTML', /dangerouslySetInnerHTML/, /^$/],
    ['ipcMain outside ipc.ts', /\bipcMain\b/, /^src\/main\/host\/electron\/ipc\.ts$/],
    ['ipcRenderer outside the preload', /\bipcRenderer\b/, /^src\/preload\//],
    ['any', /(:|<|\bas) any\b/, /^$/],
    ['a switched-off check', /@ts-(ignore|nocheck|expect-error)/, /^$/],
    ['a promise for later', /\b(TODO|FIXME|XXX)\b/, /^$/],
    ['every column of a table at once', /select\s+\*\s+from\s+[^(\s]/i, /^src\/main\/storage\/migrations\//],
  ]

  test.each(BANS)('%s', (_what, pattern, allowedIn) => {
    const broken = sources.filter(file => !allowedIn.test(file) && pattern.test(codeOf(file)))
    expect(broken).toEqual([])
  })

  test('SQL outside stores, storage and migrations', () => {
    const isStore = (file: string): boolean => /-store\.ts$|^src\/main\/storage\//.test(file)
    const broken = sources.filter(
      file => !isStore(file) && /\bsql`|\.(insertInto|updateTable|deleteFrom|selectFrom)\(/.test(codeOf(file)),
    )
    expect(broken).toEqual([])
  })

  test('a file of more than 400 lines', () => {
    const long = sources.filter(file => readFileSync(join(project, file), 'utf8').split('\n').length > 400)
    expect(long).toEqual([])
  })

  test('a file whose name is not in kebab-case, or of a component in PascalCase', () => {
    const isNamedWell = (file: string): boolean =>
      file.endsWith('.tsx')
        ? /\/([A-Z][A-Za-z0-9]*|main|router|[a-z][a-z0-9-]*)\.tsx$/.test(file)
        : /\/[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(file)
    expect(sources.filter(file => !isNamedWell(file))).toEqual([])
  })

  function codeOf(file: string): string {
    const text = readFileSync(join(project, file), 'utf8')
    return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  }
})

test('what is checked in has no built files and no downloads', () => {
  const files = execFileSync('git', ['ls-files'], { cwd: project, encoding: 'utf8' }).split('\n')
  expect(files.filter(file => /^(out|dist|node_modules|\.cache)\//.test(file))).toEqual([])
})
