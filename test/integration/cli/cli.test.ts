import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { lastJson, startTidings, tidings } from './run-cli.ts'

const PEOPLE = 'First name,Last name,E-mail,Shoe size\nOlga,Rossi,olga@example.com,38\nBen,Okri,ben@example.org,44\n'

async function workspaceAndFile(rows = PEOPLE): Promise<{ folder: string; file: string }> {
  const at = await temporaryFolder()
  const file = join(at, 'people.csv')
  await writeFile(file, rows)
  return { folder: join(at, 'workspace'), file }
}

test('without a command, or with --help, it says what it can do', async () => {
  const help = await tidings('--help')
  expect(help.code).toBe(0)
  for (const command of ['serve', 'worker', 'import', 'call', 'contract', 'ledger verify', '--workspace DIR']) {
    expect(help.stdout).toContain(command)
  }
  expect((await tidings()).code).toBe(2)
  expect((await tidings('import', '--help')).stdout).toContain('--map COLUMN=FIELD')
})

test.each([
  [['dance'], 'There is no command "dance"'],
  [['serve', '--port', 'x'], '--port must be a whole number'],
  [['serve', '--nothing'], "Unknown option '--nothing'"],
  [['call'], 'Which request?'],
  [['call', 'workspace.overview', '{'], 'The input is not JSON'],
  [['import'], 'Which file?'],
  [['ledger'], 'tidings ledger knows one thing: verify'],
])('a command that is typed wrongly is explained, with exit code 2: %j', async (args, message) => {
  const { code, stderr, stdout } = await tidings(...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})

test('contract lists every request with its input and output as JSON Schema', async () => {
  const { code, stdout } = await tidings('contract')
  expect(code).toBe(0)
  const requests: Record<string, unknown>[] = JSON.parse(stdout)
  expect(requests.length).toBeGreaterThan(50)
  expect(requests.find(({ name }) => name === 'imports.get')).toMatchObject({
    kind: 'query',
    says: 'One import with its progress',
    needs: null,
    input: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    output: { type: 'object' },
  })
  expect(requests.find(({ name }) => name === 'events.stream')).toMatchObject({ kind: 'stream' })
  expect(requests.find(({ name }) => name === 'workspace.saveSettings')).toMatchObject({ needs: 'workspace.manage' })
})

test('call makes the workspace when it is missing, and gives JSON for JSON', async () => {
  const folder = join(await temporaryFolder(), 'new', 'workspace')
  const { code, stdout } = await tidings('call', 'workspace.overview', '{}', '--workspace', folder)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ isEmpty: true, folder, secretsKeptBy: 'key_file' })
  expect(existsSync(join(folder, 'tidings.db'))).toBe(true)
})

test.each([
  ['no.such', '{}', 'not_found'],
  ['__proto__.x', '{}', 'not_found'],
  ['imports.get', '{"id":5}', 'invalid_input'],
  ['imports.get', '{"id":"none"}', 'not_found'],
])('a request that fails is an error as JSON on stderr, with exit code 1: %s %s', async (name, input, code) => {
  const result = await tidings('call', name, input, '--workspace', await temporaryFolder())
  expect([result.code, result.stdout]).toEqual([1, ''])
  expect(lastJson(result.stderr)).toMatchObject({ code, message: expect.any(String) })
})

test('import detects the columns, and its last line accounts for every row', async () => {
  const { folder, file } = await workspaceAndFile(`${PEOPLE}Eve,No address,,\nOlga,Again,olga@example.com,39\n`)
  const { code, stdout, stderr } = await tidings('import', file, '--workspace', folder, '--list', 'Friends')
  expect(code).toBe(0)
  const result = lastJson(stdout)
  expect(result).toMatchObject({ rows: 4, created: 2, rejected: 1, importId: expect.any(String) })
  const { rows, created, updated, unchanged, duplicates, rejected } = result
  expect([created, updated, unchanged, duplicates, rejected].reduce<number>((sum, n) => sum + Number(n), 0)).toBe(rows)
  expect(stderr).toContain('E-mail -> email')
  const lists = await tidings('call', 'lists.all', '{}', '--workspace', folder)
  expect(lists.stdout).toContain('Friends')
})

test('a mapping that is given goes before what was detected', async () => {
  const { folder, file } = await workspaceAndFile()
  const map = ['--map', 'Shoe size=custom:shoes', '--map', '1=lastName', '--map', 'Last name=firstName']
  const { code, stderr } = await tidings('import', file, '--workspace', folder, ...map)
  expect(code).toBe(0)
  expect(stderr).toContain('First name -> lastName')
  expect(stderr).toContain('Last name -> firstName')
  expect(stderr).toContain('Shoe size -> custom:shoes')
})

test.each([
  [['--map', 'Nothing=email'], 2, 'The file has no column "Nothing". It has: First name, Last name, E-mail, Shoe size'],
  [['--map', 'E-mail=mailbox'], 2, 'there is no field "mailbox"'],
  [['--duplicates', 'maybe'], 2, 'must be one of skip, fill_blanks, overwrite, make_new'],
])('an import that is asked for wrongly changes nothing: %j', async (args, code, message) => {
  const { folder, file } = await workspaceAndFile()
  const result = await tidings('import', file, '--workspace', folder, ...args)
  expect(result.code).toBe(code)
  expect(result.stderr).toContain(message)
})

test('an import of a file that is not there says so', async () => {
  const result = await tidings('import', '/nowhere.csv', '--workspace', await temporaryFolder())
  expect(result.code).toBe(1)
  expect(result.stderr).toContain('There is no file /nowhere.csv')
})

test('serve prints its address; while it has the workspace, call and import go to it, and serve gives a fresh address', async () => {
  const { folder, file } = await workspaceAndFile()
  const serving = startTidings('serve', '--workspace', folder)
  const [first] = await serving.said(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/)
  const called = await tidings('call', 'workspace.overview', '{}', '--workspace', folder)
  expect(JSON.parse(called.stdout)).toMatchObject({ contacts: 0 })
  const failed = await tidings('call', 'imports.get', '{"id":"none"}', '--workspace', folder)
  expect(lastJson(failed.stderr)).toMatchObject({ code: 'not_found' })
  const imported = await tidings('import', file, '--workspace', folder)
  expect(lastJson(imported.stdout)).toMatchObject({ rows: 2, created: 2 })
  const again = await tidings('serve', '--workspace', folder)
  const second = /http:\/\/\S+/.exec(again.stdout)?.[0] ?? ''
  expect(again.code).toBe(0)
  expect(new URL(second).port).toBe(new URL(first).port)
  expect(new URL(second).hash).not.toBe(new URL(first).hash)
  serving.child.kill('SIGTERM')
  expect(await serving.ended).toBe(0)
  expect(existsSync(join(folder, 'endpoint.json'))).toBe(false)
}, 60_000)

test('call goes to a worker too, and a worker stops when it is asked to', async () => {
  const folder = await temporaryFolder()
  const working = startTidings('worker', '--workspace', folder)
  while (!existsSync(join(folder, 'endpoint.json'))) await new Promise(resolve => setTimeout(resolve, 20))
  const called = await tidings('call', 'workspace.overview', '{}', '--workspace', folder)
  expect(called.code).toBe(0)
  working.child.kill('SIGINT')
  expect(await working.ended).toBe(0)
})

test('a worker that is to end when nothing is due ends', async () => {
  const { code } = await tidings('worker', '--until-idle', '--workspace', await temporaryFolder())
  expect(code).toBe(0)
})

test('a workspace that a copy without a surface has is not touched, and the person learns what to do', async () => {
  const folder = await temporaryFolder()
  const held = new sqlite3.Database(join(folder, 'owner.lock'))
  await new Promise<void>(resolve => {
    held.exec('pragma journal_mode = delete; begin exclusive', () => resolve())
  })
  // A copy that was killed has left word of where it answered.
  const stale = { address: 'http://127.0.0.1:9', token: 't'.repeat(43), pid: 1, host: 'browser' }
  await writeFile(join(folder, 'endpoint.json'), JSON.stringify(stale))
  for (const args of [['call', 'workspace.overview'], ['serve']]) {
    const { code, stderr } = await tidings(...args, '--workspace', folder)
    expect(code).toBe(1)
    expect(stderr).toContain('is open in another copy of Tidings that does not take commands. Close it')
  }
  await new Promise<void>(resolve => {
    held.close(() => resolve())
  })
}, 60_000)

test('ledger verify holds for a new workspace, and fails on the first check that does not hold', async () => {
  const folder = await temporaryFolder()
  await tidings('call', 'workspace.loadSample', '{}', '--workspace', folder)
  const good = await tidings('ledger', 'verify', '--workspace', folder)
  expect(good.code).toBe(0)
  expect(lastJson(good.stdout)).toMatchObject({ ok: true })
  await change(join(folder, 'tidings.db'), "delete from ledger where kind = 'accepted'")
  const bad = await tidings('ledger', 'verify', '--workspace', folder)
  expect(bad.code).toBe(1)
  expect(lastJson(bad.stdout)).toMatchObject({ ok: false })
  expect(bad.stderr).toMatch(/FAILED .+\n/)
  expect(bad.stderr.trim().split('\n').at(-1)).toMatch(/^The ledger does not hold: /)
}, 60_000)

test('output that nobody reads any more ends the command quietly', async () => {
  const started = startTidings('contract')
  started.child.stdout?.destroy()
  expect(await started.ended).toBe(0)
  expect(started.stderr()).toBe('')
})

test('sixteen threads are there for SQLite, whoever starts the built command line', async () => {
  if (process.platform !== 'linux') return
  const folder = await temporaryFolder()
  const working = startTidings('worker', '--workspace', folder)
  while (!existsSync(join(folder, 'endpoint.json'))) await new Promise(resolve => setTimeout(resolve, 20))
  const status = await readFile(`/proc/${working.child.pid}/status`, 'utf8')
  const threads = Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1])
  // Node itself has about seven besides libuv's; with libuv's own four there would be at most a dozen.
  expect(threads).toBeGreaterThanOrEqual(17)
  expect((await stat(join(folder, 'tidings.db'))).isFile()).toBe(true)
})

async function change(file: string, statement: string): Promise<void> {
  const database = new sqlite3.Database(file)
  await new Promise<void>((resolve, reject) => {
    database.exec(statement, error => (error ? reject(error) : resolve()))
  })
  await new Promise<void>(resolve => {
    database.close(() => resolve())
  })
}
