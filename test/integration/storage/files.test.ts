import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import { createFiles } from '../../../src/main/storage/files.ts'

test('a file of this machine is copied whole, under its own name and for its owner alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-files-'))
  const source = join(folder, 'people.csv')
  await writeFile(source, 'Email\nann@example.com\n', { mode: 0o644 })
  const files = createFiles(folder, seededRandom(1))
  const { token } = await files.copy(source, 1000)
  const found = await files.find(token)
  expect(found).toMatchObject({ name: 'people.csv', bytes: 22 })
  expect(await readFile(found.path, 'utf8')).toBe('Email\nann@example.com\n')
  expect((await stat(found.path)).mode & 0o777).toBe(0o600)
})

test('a file that is too large is refused, and nothing of it is kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-files-'))
  const source = join(folder, 'people.csv')
  await writeFile(source, 'Email\nann@example.com\n')
  const files = createFiles(folder, seededRandom(1))
  await expect(files.copy(source, 21)).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await readdir(join(folder, 'files')).catch(() => [])).toEqual([])
})
