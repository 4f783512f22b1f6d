const WORD = /[\p{L}\p{N}_-]+/gu
const MERGE_FIELD = /\{\{([^{}]*)\}\}/g

/**
 * The words of texts in the form of `plainWord`, those of merge fields also in one piece. A field whose key is among them
 * may be in use; rather one too many than one too few.
 */
export function mentionedWords(texts: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>()
  for (const text of texts) {
    for (const [word] of text.matchAll(WORD)) words.add(plainWord(word))
    for (const [, inside = ''] of text.matchAll(MERGE_FIELD)) words.add(plainWord(inside.replace(/\|.*$/s, '')))
  }
  return words
}

/** A word without case and marks: `Shoe_Size` and `shoe size` are one. */
export function plainWord(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
