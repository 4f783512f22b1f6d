import { parentPort } from 'node:worker_threads'
import type { Edition } from './press.ts'
import { type PressAnswer, type PressWord, packed } from './press-protocol.ts'
import { createPressWork } from './press-work.ts'

// The entry of the press thread: fills in, writes and signs messages. No SQLite here: a thread that ends with a query in
// flight takes the whole process down (toolchain.md section 0).
const port = parentPort
if (!port) throw new Error('The press thread is started by the application, not by hand')
const answer = (message: PressAnswer, transfer: readonly ArrayBuffer[]): void => port.postMessage(message, transfer)
const work = createPressWork()
const editions = new Map<number, Edition>()

port.on('message', (word: PressWord) => {
  switch (word.kind) {
    case 'edition':
      editions.set(word.edition, word.content)
      return
    case 'forget':
      editions.delete(word.edition)
      return
    case 'make': {
      const edition = editions.get(word.edition)
      if (!edition) throw new Error('The press thread was not told of this edition')
      const { bytes, places } = packed(work(edition, word.items, word.at))
      answer({ kind: 'made', task: word.task, bytes, places }, [bytes.buffer])
      return
    }
    case 'end':
      port.close()
  }
})
answer({ kind: 'ready' }, [])
