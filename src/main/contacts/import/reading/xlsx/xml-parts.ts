import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { AppError } from '../../../../../shared/contract/failure.ts'
import { failDamaged } from './packed-file.ts'

/** What is told about the elements of a part. Names come without their prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  /** Text between two tags; it may come in several pieces. */
  text(text: string): void
  close(name: string): void
}

// A part in which no tag begins or ends for so long holds one value that is larger than any cell may be.
const MOST_BYTES_WITHOUT_TAG = 2 * 2 ** 20
const MOST_DEPTH = 64

/**
 * Reads a part of a workbook piece by piece and tells the listener; yields the bytes read after each piece, and stops when
 * the consumer does. Entities other than the five of XML, and document types, are refused: workbooks have none.
 */
export async function* readXml(source: Readable, listener: XmlListener): AsyncGenerator<number> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let bytes = 0
  let lastTagAt = 0
  let depth = 0
  parser.on('opentag', tag => {
    lastTagAt = bytes
    depth += 1
    if (depth > MOST_DEPTH) failDamaged()
    listener.open(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', tag => {
    lastTagAt = bytes
    depth -= 1
    listener.close(localName(tag.name))
  })
  parser.on('text', text => listener.text(text))
  parser.on('cdata', text => listener.text(text))
  parser.on('doctype', failDamaged)
  parser.on('error', failDamaged)
  const decode = streamDecoder()
  try {
    for await (const chunk of source) {
      if (!Buffer.isBuffer(chunk)) continue
      bytes += chunk.length
      if (bytes - lastTagAt > MOST_BYTES_WITHOUT_TAG) throw cellTooLong()
      parser.write(decode(chunk))
      yield bytes
    }
    parser.close()
  } catch (error) {
    if (error instanceof AppError) throw error
    // Inflating and parsing fail for one reason: the bytes are not what a spreadsheet program wrote.
    failDamaged()
  } finally {
    source.destroy()
  }
  yield bytes
}

// UTF-8, or UTF-16 where the first bytes say so; XML knows no other without being told.
function streamDecoder(): (chunk: Buffer) => string {
  let decode: ((chunk: Buffer) => string) | null = null
  return chunk => {
    decode ??= decoderFor(encodingOf(chunk))
    return decode(chunk)
  }
}

function decoderFor(encoding: string): (chunk: Buffer) => string {
  const decoder = new TextDecoder(encoding)
  return chunk => decoder.decode(chunk, { stream: true })
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

function cellTooLong(): AppError {
  return new AppError(
    'invalid_input',
    'A cell of the workbook is longer than a megabyte, which no spreadsheet program writes. Remove it, or save the sheet as CSV (UTF-8).',
  )
}
