import type { PackedFile } from './packed-file.ts'
import { createTextHeap, type TextHeap } from './text-heap.ts'
import { readXml } from './xml-parts.ts'

/** The texts that the cells of a workbook refer to by number (ECMA-376 part 1, 18.4.9). */
export async function sharedStrings(file: PackedFile, partName: string): Promise<TextHeap> {
  const heap = createTextHeap()
  const part = file.parts.get(partName)
  if (!part) return heap
  let text = ''
  let isText = false
  let isReading = false
  const listener = {
    open(name: string): void {
      if (name === 'si') text = ''
      else if (name === 't') isText = !isReading
      // How Japanese is read aloud stands beside the text.
      else if (name === 'rPh') isReading = true
    },
    text(piece: string): void {
      if (isText) text += piece
    },
    close(name: string): void {
      if (name === 't') isText = false
      else if (name === 'rPh') isReading = false
      else if (name === 'si') heap.add(unescapeText(text))
    },
  }
  for await (const _bytes of readXml(await file.open(part), listener));
  return heap
}

/** Takes Excel's `_x000D_` for the characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
