import type { ToPlainText } from './plain-text.ts'
import type { Program } from './syntax-tree.ts'

/*
 * Converting HTML to text costs about 0.4 ms a message. What it gives depends, for nearly everybody, only on the static parts:
 * a value without line ends and double blanks comes out as it went in. So each printed value is put between two marks while a
 * message is rendered; the text between the marks (the skeleton) is converted once, with a token for each value, and kept; for
 * each recipient her values are put in place of the tokens. Where a value, or the place it stands in, might change what the
 * converter does, the message is converted by itself. The property test compares both ways.
 */

// Noncharacters: valid in text, never meant for interchange (Unicode 23.7), and not white space to the converter.
const OPEN = '\uFDD0'
const CLOSE = '\uFDD1'
const MARKS = /[\uFDD0\uFDD1]/
// A campaign has as many skeletons as its conditions have combinations; loops over tags can make more.
const MOST_SKELETONS = 200
const MOST_VALUES = 2000

/** Puts marks around every value that a program prints. Changes the program, which the caller has just parsed. */
export function markValues(program: Program): void {
  const around = (node: hbs.AST.Statement, value: string): hbs.AST.ContentStatement => ({
    type: 'ContentStatement',
    value,
    // The types ask for flags here; the compiler looks at `value` alone.
    original: { open: false, close: false },
    loc: node.loc,
  })
  const body: hbs.AST.Statement[] = []
  for (const node of program.body) {
    if (node.type === 'MustacheStatement') body.push(around(node, OPEN), node, around(node, CLOSE))
    else body.push(node)
    if ('program' in node) markWithin(node.program)
    if ('inverse' in node) markWithin(node.inverse)
  }
  program.body = body
}

function markWithin(value: unknown): void {
  if (isProgram(value)) markValues(value)
}

function isProgram(value: unknown): value is Program {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Program'
}

/** HTML without the marks, and the text made from it. */
export interface HtmlAndText {
  readonly html: string
  readonly text: string
}

/** Where the values go in a converted text: pieces[0] values[order[0]] pieces[1] … ; null when it must not be used. */
interface TextShape {
  readonly pieces: readonly string[]
  readonly order: readonly number[]
}

/** Makes HTML and text from marked HTML; the text equals `convert(html)`, always. */
export function createFastText(convert: ToPlainText): (marked: string) => HtmlAndText {
  const shapes = new Map<string, TextShape | null>()

  function shapeOf(statics: readonly string[]): TextShape | null {
    const key = statics.join(OPEN)
    const known = shapes.get(key)
    if (known !== undefined) return known
    const shape = makeShape(statics, convert)
    if (shapes.size >= MOST_SKELETONS) shapes.clear()
    shapes.set(key, shape)
    return shape
  }

  return marked => {
    const parts = marked.split(MARKS)
    const html = parts.join('')
    if (parts.length % 2 === 0 || html.length + parts.length - 1 !== marked.length) return { html, text: convert(html) }
    const statics: string[] = []
    const values: string[] = []
    // A value that is empty belongs to the skeleton: whoever lacks the same values shares it.
    let piece = parts[0] ?? ''
    for (let at = 1; at < parts.length; at += 2) {
      const plain = plainValue(parts[at] ?? '')
      if (plain === null) return { html, text: convert(html) }
      const next = parts[at + 1] ?? ''
      if (plain === '') piece += next
      else {
        statics.push(piece)
        values.push(plain)
        piece = next
      }
    }
    statics.push(piece)
    const shape = shapeOf(statics)
    if (shape === null) return { html, text: convert(html) }
    let text = shape.pieces[0] ?? ''
    for (let i = 0; i < shape.order.length; i++) {
      text += (values[shape.order[i] ?? 0] ?? '') + (shape.pieces[i + 1] ?? '')
    }
    return { html, text }
  }
}

// Words of visible characters with single blanks between them; what the converter could not tell from static text.
const SIMPLE = /^[^\s\u200b<>#][^\s\u200b<>]*(?: [^\s\u200b<>]+)*$/

/** The value as the converter would read it, or null when it could do anything else with it. */
function plainValue(escaped: string): string | null {
  if (escaped === '') return ''
  if (!SIMPLE.test(escaped)) return null
  if (!escaped.includes('&')) return escaped
  let isKnown = true
  const plain = escaped.replace(/&(?:([a-z]+|#x[0-9A-F]{2});)?/g, (_whole, name: string | undefined) => {
    const character = name === undefined ? undefined : ENTITIES[name]
    if (character === undefined) isKnown = false
    return character ?? ''
  })
  return isKnown ? plain : null
}

// What Handlebars' escaping writes (lib/handlebars/utils.js).
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x60': '`',
  '#x3D': '=',
}

function makeShape(statics: readonly string[], convert: ToPlainText): TextShape | null {
  if (!areSafePlaces(statics)) return null
  const tokens = statics.map((piece, at) => (at === statics.length - 1 ? piece : `${piece}${OPEN}${at}${CLOSE}`))
  const parts = convert(tokens.join('')).split(MARKS)
  if (parts.length % 2 === 0) return null
  return {
    pieces: parts.filter((_part, at) => at % 2 === 0),
    order: parts.filter((_part, at) => at % 2 === 1).map(Number),
  }
}

// Attributes whose value no rule of the converter depends on, but for printing it.
const FREE_ATTRIBUTES =
  /(?:^|\s)(?:href|src|alt|title|style|width|height|align|bgcolor|background|content)\s*=\s*(?:"[^"]*|'[^']*)$/i

/** Whether every value between these pieces stands in running text or in such an attribute, where it cannot change the structure. */
function areSafePlaces(statics: readonly string[]): boolean {
  if (statics.length > MOST_VALUES) return false
  // What began and has not ended (a tag, a comment), so that no piece is read twice however many values there are.
  let open = ''
  for (const piece of statics.slice(0, -1)) {
    const html = open + piece
    if (/&#?\w{0,40}$/.test(html.slice(-45))) return false
    const end = endOf(html)
    if (end.place === 'tag') return false
    if (end.place === 'quoted' && !FREE_ATTRIBUTES.test(end.open)) return false
    open = end.open === '' ? '' : `${end.open}x`
  }
  return true
}

/** Where the end of a piece of HTML stands, and what is open there. */
interface End {
  readonly place: 'text' | 'quoted' | 'tag'
  readonly open: string
}

function endOf(html: string): End {
  let at = 0
  for (;;) {
    const next = html.slice(at).search(/<[a-z/!?]/i)
    if (next < 0) return { place: html.endsWith('<') ? 'tag' : 'text', open: '' }
    const start = at + next
    if (html.startsWith('<!--', start)) {
      const close = html.indexOf('-->', start)
      if (close < 0) return { place: 'text', open: html.slice(start) }
      at = close + 3
    } else {
      const end = endOfTag(html, start)
      if (typeof end === 'string') return { place: end, open: html.slice(start) }
      at = end
    }
  }
}

/** The offset after a tag, or what its unfinished end is. Quotes that do not follow `=` are none that a parser would agree on. */
function endOfTag(html: string, start: number): number | 'quoted' | 'tag' {
  let quote = ''
  let before = ''
  for (let i = start + 1; i < html.length; i++) {
    const character = html.charAt(i)
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '>') return i + 1
    else if (character === '"' || character === "'") {
      if (before !== '=') return 'tag'
      quote = character
    }
    if (character.trim() !== '') before = character
  }
  return quote === '' ? 'tag' : 'quoted'
}
