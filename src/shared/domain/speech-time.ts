// 150 words a minute (standards.md 4).
const WORDS_PER_SECOND = 2.5

/** About how many seconds it takes to read a text out, at 150 words a minute (standards.md section 4). */
export function speechSeconds(text: string): number {
  const words = text.split(/\s+/).filter(word => word !== '').length
  return Math.ceil(words / WORDS_PER_SECOND)
}
