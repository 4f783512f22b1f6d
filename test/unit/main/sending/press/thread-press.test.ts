import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { PLAIN_STYLE } from '../../../../../src/main/integrations/mime/mail-style.ts'
import type { Edition, Press, Pressed } from '../../../../../src/main/sending/press/press.ts'
import { inlinePress } from '../../../../../src/main/sending/press/press-work.ts'
import { threadPress } from '../../../../../src/main/sending/press/thread-press.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const THREAD = fileURLToPath(new URL('../../../../../src/main/sending/press/press-thread.ts', import.meta.url))
const AT = Date.UTC(2026, 10, 20, 23, 0, 0)

const EDITION: Edition = {
  campaignId: 'c1',
  campaignName: 'News',
  content: {
    channel: 'email',
    subject: 'Hi {{first_name}}',
    preheader: '',
    html: '<p>{{first_name}} {{city}}</p>',
    text: '',
  },
  fallbacks: {},
  from: { name: 'Office', address: 'office@example.com' },
  replyTo: '',
  isMarketing: true,
  attachments: [],
  style: PLAIN_STYLE,
}

const item = (n: number, values: Record<string, unknown> = { first_name: `Ann${n}`, city: 'Köln' }) => ({
  messageId: `m${n}`,
  to: `ann${n}@example.org`,
  values,
})

function open(file: string): { press: Press; troubles: string[] } {
  const troubles: string[] = []
  const press = threadPress(file, message => troubles.push(message))
  onTestFinished(() => press.close())
  return { press, troubles }
}

const texts = (pressed: readonly Pressed[]): readonly string[] =>
  pressed.map(one => (one.kind === 'made' ? Buffer.from(one.mail.bytes).toString('latin1') : `failed: ${one.problem}`))

test('a thread makes the same messages as this one, in the same order, batch after batch', async () => {
  const { press, troubles } = open(THREAD)
  const items = Array.from({ length: 30 }, (_, n) => item(n))
  const here = await inlinePress().make(EDITION, items, AT)
  const both = await Promise.all([
    press.make(EDITION, items, AT),
    press.make({ ...EDITION, replyTo: 'a@b.test' }, items, AT),
  ])
  expect(texts(both[0] ?? [])).toEqual(texts(here))
  expect(texts(both[1] ?? [])[29]).toContain('Reply-To: a@b.test')
  expect(troubles).toEqual([])
})

test('what one recipient’s data brings costs nobody else her message', async () => {
  const { press } = open(THREAD)
  const unwritable = { ...item(2), to: 'two lines\r\n@example.org' }
  const made = await press.make(EDITION, [item(1), unwritable, item(3)], AT)
  expect(made.map(one => one.kind)).toEqual(['made', 'failed', 'made'])
})

test('a message that ends the thread fails alone, and every other one is made once', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'dying-thread.mjs')
  await writeFile(file, dyingThread())
  const { press, troubles } = open(file)
  const made = await press.make(EDITION, [item(1), item(2), item(3, { first_name: 'poison' }), item(4), item(5)], AT)
  expect(made.map(one => one.kind)).toEqual(['made', 'made', 'failed', 'made', 'made'])
  expect(troubles.length).toBeGreaterThan(0)
})

test('a machine that cannot start threads makes its messages in this one', async () => {
  const { press } = open('/nowhere/press-thread.js')
  const made = await press.make(EDITION, [item(1), item(2)], AT)
  expect(made.map(one => one.kind)).toEqual(['made', 'made'])
})

/** A press thread that dies of one message. */
function dyingThread(): string {
  const work = new URL('../../../../../src/main/sending/press/press-work.ts', import.meta.url).href
  const protocol = new URL('../../../../../src/main/sending/press/press-protocol.ts', import.meta.url).href
  return `
    import { parentPort } from 'node:worker_threads'
    import { createPressWork } from ${JSON.stringify(work)}
    import { packed } from ${JSON.stringify(protocol)}
    const work = createPressWork()
    const editions = new Map()
    parentPort.on('message', word => {
      if (word.kind === 'edition') editions.set(word.edition, word.content)
      else if (word.kind === 'end') parentPort.close()
      else if (word.kind === 'make') {
        if (word.items.some(one => one.values.first_name === 'poison')) process.exit(1)
        const { bytes, places } = packed(work(editions.get(word.edition), word.items, word.at))
        parentPort.postMessage({ kind: 'made', task: word.task, bytes, places }, [bytes.buffer])
      }
    })
    parentPort.postMessage({ kind: 'ready' })`
}
