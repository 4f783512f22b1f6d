import { type Place, placeAt } from './syntax-tree.ts'

/** Why a source cannot be read, and where. */
export interface SyntaxProblem extends Place {
  readonly message: string
}

/** Puts what Handlebars says about a broken source into words for its author, with the place where she must look. */
export function syntaxProblem(source: string, error: unknown): SyntaxProblem {
  const said = error instanceof Error ? error.message : String(error)
  const open = unbalancedBlock(source)
  if (open) return open
  const mismatch = /^(.*) doesn't match (.*) - (\d+):(\d+)$/.exec(said)
  if (mismatch) {
    const [, opened, closed, line, column] = mismatch
    return { line: Number(line), column: Number(column) + 1, message: `{{#${opened}}} is closed by {{/${closed}}}.` }
  }
  const placed = /^(.*) - (\d+):(\d+)$/s.exec(said)
  if (placed) return { line: Number(placed[2]), column: Number(placed[3]) + 1, message: `${placed[1]}.` }
  return { ...parserPlace(source, said), message: plainWords(said) }
}

// Lengths are bounded, so that a source full of open braces takes no longer than its length.
const TAG =
  /\{\{\{?~?\s{0,50}(?:!--[\s\S]{0,5000}?--~?\}\}|![\s\S]{0,5000}?\}\}|([#/^]?)\s{0,50}([^\s{}~]{0,100})[^{}]{0,2000}\}\})/g

const DEEPEST_BLOCKS = 50

/** Blocks that are nested deeper than 50, which Handlebars needs seconds to read (3,000 deep: 8 s); null when there are none. */
export function tooDeep(source: string): SyntaxProblem | null {
  let depth = 0
  for (const match of source.matchAll(/\{\{\{?~?[#/]/g)) {
    depth += match[0].endsWith('/') ? -1 : 1
    if (depth > DEEPEST_BLOCKS) {
      return { ...placeAt(source, match.index), message: `Blocks can be nested ${DEEPEST_BLOCKS} deep.` }
    }
  }
  return null
}

/** The first block that is never closed, or closed without having been opened. */
function unbalancedBlock(source: string): SyntaxProblem | null {
  const open: { readonly name: string; readonly at: number }[] = []
  for (const match of source.matchAll(TAG)) {
    const [, mark = '', name = ''] = match
    const isElse = mark === '^' && name === ''
    if ((mark === '#' || mark === '^') && !isElse) open.push({ name: name.replace(/^[*>]/, ''), at: match.index })
    else if (mark === '/') {
      const last = open.pop()
      if (!last)
        return { ...placeAt(source, match.index), message: `{{/${name}}} closes a block that was never opened.` }
      if (last.name !== name) {
        return {
          ...placeAt(source, match.index),
          message: `{{/${name}}} stands where {{#${last.name}}} of line ${placeAt(source, last.at).line} must be closed.`,
        }
      }
    }
  }
  const last = open.at(-1)
  if (!last) return null
  return {
    ...placeAt(source, last.at),
    message: `{{#${last.name}}} is never closed. Put {{/${last.name}}} where the block ends.`,
  }
}

/**
 * Handlebars' parser names only the line of an error; where in it has to be read from the excerpt that it prints: up to 20
 * characters before the place, up to 20 after, and a caret under the place. Line ends are left out of the excerpt.
 */
function parserPlace(source: string, said: string): Place {
  const match = /^Parse error on line (\d+):\n(.*)\n(-*)\^/.exec(said)
  const line = Number(match?.[1] ?? 1)
  const excerpt = (match?.[2] ?? '').replace(/^\.\.\./, '')
  const cut = (match?.[2] ?? '').startsWith('...') ? 3 : 0
  const caret = Math.max(0, (match?.[3] ?? '').length - cut)
  const upcoming = excerpt.slice(caret).replace(/\.\.\.$/, '')
  const offsets: number[] = []
  let text = ''
  for (let offset = 0; offset < source.length; offset++) {
    const character = source.charAt(offset)
    if (character === '\n' || character === '\r') continue
    offsets.push(offset)
    text += character
  }
  const wanted = excerpt.slice(0, caret) + upcoming
  let best: Place = { line, column: 1 }
  for (let at = text.indexOf(wanted); at >= 0 && wanted !== ''; at = text.indexOf(wanted, at + 1)) {
    const place = placeAt(source, offsets[at + caret] ?? source.length)
    best = place
    if (place.line >= line) break
  }
  return best
}

function plainWords(said: string): string {
  const got = /got '([A-Z_]+)'/.exec(said)?.[1]
  if (got === 'EOF') return 'The text ends inside {{ … }}. Close it with }}.'
  if (got === 'INVALID')
    return 'What stands in {{ … }} cannot be read. Write the name of a field, and close it with }}.'
  if (got === 'CLOSE') return 'Something is missing before }}. Write a field or a value there.'
  if (got === 'CLOSE_UNESCAPED' || said.includes("'CLOSE_UNESCAPED'")) {
    return 'Braces do not match: what is opened with {{{ needs }}}.'
  }
  return 'What stands in {{ … }} cannot be read. Check names, quotes and brackets.'
}
