/** Whether a cell looks like an e-mail address; a look, not a check. */
export function looksLikeEmail(cell: string): boolean {
  return /^\s*(?:mailto:)?<?[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}>?\s*[.;]?$/i.test(cell)
}

/** Whether a cell looks like a telephone number: digits in groups, or a country code; bare digits alone do not. */
export function looksLikePhone(cell: string): boolean {
  const text = cell.trim()
  if (!/^'?(?:tel:)?\+?[\d\s().\-/]{7,24}(?:\s*(?:x|ext\.?|extension)\s*\d{1,6})?$/i.test(text)) return false
  if (looksLikeDate(text)) return false
  const digits = text.replace(/\D/g, '').length
  if (digits < 7 || digits > 17) return false
  return /^'?(?:tel:)?(?:\+|\(|00)/i.test(text) || /\d[\s)\-/.]+\d+[\s\-/.]+\d/.test(text) || /^0\d{8,}$/.test(text)
}

/** Whether a cell looks like a calendar day in one of the usual forms. */
export function looksLikeDate(cell: string): boolean {
  const text = cell.trim()
  return (
    /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d.*)?$/.test(text) ||
    /^\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?: \d.*)?$/.test(text) ||
    /^\d{1,2}\.? [A-Za-zÀ-ž]{3,10}\.?,? \d{4}$/.test(text) ||
    /^[A-Za-zÀ-ž]{3,10}\.? \d{1,2},? \d{4}$/.test(text)
  )
}

/** Whether a cell is a number as spreadsheets write them. */
export function looksLikeNumber(cell: string): boolean {
  return /^\s*[-+]?(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:[.,]\d+)?\s*%?\s*$/.test(cell)
}

/** Whether a cell says yes or no in one of a few languages. */
export function looksLikeBoolean(cell: string): boolean {
  return readBoolean(cell) !== null
}

const YES = new Set(['true', 'yes', 'y', 'on', 'ja', 'j', 'si', 'sí', 'sì', 'oui', 'wahr', 'vrai', 'verdadero', 'vero'])
const NO = new Set(['false', 'no', 'n', 'off', 'nein', 'non', 'falsch', 'faux', 'falso'])

/** What a word for yes or no means; null for anything else. */
export function readBoolean(cell: string): boolean | null {
  const word = cell.trim().toLowerCase()
  if (YES.has(word) || word === '1' || word === 'x') return true
  if (NO.has(word) || word === '0') return false
  return null
}
