const APOSTROPHE = 39
const NOTHING = new Set([
  '#n/a',
  '#na',
  'n/a',
  'null',
  '\\n',
  '#ref!',
  '#value!',
  '#name?',
  '#div/0!',
  '(null)',
  '#null!',
])

/** The text of a cell: trimmed, without the apostrophe that guards a formula; error values of spreadsheets are nothing. */
export function cleanCell(raw: string): string {
  const text = raw.trim()
  if (text === '') return ''
  if (text.length <= 8 && /^[#nN(\\]/.test(text) && NOTHING.has(text.toLowerCase())) return ''
  // Our own export, and others, put an apostrophe before what a spreadsheet would take for a formula.
  return text.charCodeAt(0) === APOSTROPHE && /^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text
}

// Most cells are plain words: for them one look is enough, a sixth of the time of putting them in order.
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

/** Whether a text is words of ASCII with single blanks between them: nothing about it has to be put in order. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}

/** A text in one line with single blanks, its letters composed (Unicode NFC). */
export function oneLine(text: string): string {
  return PLAIN.test(text) ? text : text.replace(/\s+/g, ' ').trim().normalize('NFC')
}
