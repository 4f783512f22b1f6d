const PARTICLES = new Set([
  'van',
  'von',
  'der',
  'den',
  'de',
  'del',
  'della',
  'di',
  'da',
  'dos',
  'du',
  'la',
  'le',
  'ten',
  'ter',
  'zu',
  'bin',
  'al',
  'el',
  'st.',
  'mc',
  'o',
])
const SUFFIXES = new Set(['jr', 'jr.', 'sr', 'sr.', 'ii', 'iii', 'iv', 'phd', 'ph.d.', 'md', 'm.d.', 'esq', 'esq.'])

/** First and last name of a name written in one: "Ann van der Berg", "Berg, Ann", "Ann Berg Jr." A single word is a first name. */
export function splitName(full: string): { readonly first: string; readonly last: string } {
  const text = full.trim().replace(/\s+/g, ' ')
  const comma = text.indexOf(',')
  if (comma > 0) {
    const after = text.slice(comma + 1).trim()
    if (after !== '' && !SUFFIXES.has(after.toLowerCase())) return { first: after, last: text.slice(0, comma).trim() }
  }
  const words = text.split(' ')
  if (words.length === 1) return { first: text, last: '' }
  let begin = words.length - 1
  if (begin > 1 && SUFFIXES.has((words[begin] ?? '').toLowerCase())) begin -= 1
  while (begin > 1 && PARTICLES.has((words[begin - 1] ?? '').toLowerCase())) begin -= 1
  return { first: words.slice(0, begin).join(' '), last: words.slice(begin).join(' ') }
}
