/**
 * How rules compare text: letters of any script without regard to case, accents and everything else exactly. Letters count
 * as a pair of cases when each is the other's only partner (ä and Ä, but not ß and SS); what a rule says is put into normal form C
 * (stored text is in that form already). SQLite's own lower() knows only A to Z, so both evaluators use this definition and nothing else.
 */
export function foldText(text: string): string {
  return Array.from(text, foldLetter).join('')
}

/** The letter as it is compared. */
export function foldLetter(letter: string): string {
  if (letter < '\u0080') return letter >= 'A' && letter <= 'Z' ? letter.toLowerCase() : letter
  const lower = letter.toLowerCase()
  return lower !== letter && lower >= '\u0080' && lower.toUpperCase() === letter && isOne(lower) ? lower : letter
}

/** The other letters that fold to a folded one: its capital, beyond A to Z; null when there is none. */
export function capitalOf(folded: string): string | null {
  if (folded < '\u0080') return null
  const upper = folded.toUpperCase()
  return upper !== folded && isOne(upper) && foldLetter(upper) === folded ? upper : null
}

/**
 * The elements of a custom field with several values, as one folded text with a comma before and after each. They are written
 * with commas, semicolons or bars between them and up to two blanks around those. SQL makes the same text, step by step.
 */
export function elementsText(text: string): string {
  let parts = foldText(text).replaceAll(';', ',').replaceAll('|', ',')
  for (let n = 0; n < 2; n++) parts = parts.replaceAll(', ', ',').replaceAll(' ,', ',')
  return `,${parts.replace(/^ +| +$/g, '')},`
}

function isOne(text: string): boolean {
  return (text.codePointAt(0) ?? 0) > 0xff_ff ? text.length === 2 : text.length === 1
}
