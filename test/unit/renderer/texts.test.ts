import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from '../../../src/renderer/locales/en/index.ts'

const RENDERER = join(import.meta.dirname, '..', '..', '..', 'src', 'renderer')
const keys = new Set(Object.entries(en).flatMap(([area, texts]) => Object.keys(texts).map(key => `${area}.${key}`)))

test('every text that a screen asks for by its whole name is in the catalogue', () => {
  const missing: string[] = []
  for (const file of sources()) {
    const text = readFileSync(file, 'utf8')
    // Files that set a key prefix name their texts without the area.
    const prefix = /keyPrefix: '(\w+)'/.exec(text)?.[1]
    for (const [, key = ''] of text.matchAll(/\bt\(\s*'([\w.]+)'/g)) {
      const whole = prefix ? `${prefix}.${key}` : key
      if (!keys.has(whole) && !(keys.has(`${whole}_one`) && keys.has(`${whole}_other`)))
        missing.push(`${file}: ${whole}`)
    }
  }
  expect(missing).toEqual([])
})

test('a text that counts has both its forms', () => {
  const counted = [...keys].filter(key => key.endsWith('_one')).map(key => key.slice(0, -'_one'.length))
  expect(counted.filter(key => !keys.has(`${key}_other`))).toEqual([])
})

function sources(): string[] {
  return readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => join(RENDERER, name))
}
