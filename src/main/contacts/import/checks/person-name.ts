/** Small words within a family name: "van der Berg", "de la Cruz". */
export const NAME_PARTICLES: ReadonlySet<string> = new Set(
  'van von vom zum zur der den de del della di da das do dos du la le ten ter zu bin ibn al el af av y st. mc o'.split(
    ' ',
  ),
)
const SUFFIXES = new Set(
  'jr jr. sr sr. ii iii iv phd ph.d. md m.d. esq esq. dds mba cpa rn msc bsc m.sc. b.sc.'.split(' '),
)
// What stands before a name and is none: forms of address and academic titles.
const TITLES = new Set(
  `mr mr. mrs mrs. ms ms. miss mx mx. dr dr. prof prof. sir dame rev rev. hon hon. herr frau hr. fr. dipl.-ing. ing. mag.
   monsieur madame mme mlle señor señora sr. sra. sra signor signora sig. sig.ra dott. dott.ssa dhr. mevr.`.split(
    /\s+/,
  ),
)

/**
 * First and last name of a name written in one: "Ann van der Berg", "Berg, Ann", "Dr. Ana M. Garcia Jr.". Titles are left
 * out. A single word is a first name.
 */
export function splitName(full: string): { readonly first: string; readonly last: string } {
  const text = full.trim().replace(/\s+/g, ' ')
  const comma = text.indexOf(',')
  if (comma > 0) {
    const after = text.slice(comma + 1).trim()
    if (after !== '' && !onlySuffixes(after)) {
      return {
        first: withoutTitles(after.split(' ')).join(' '),
        last: withoutTitles(text.slice(0, comma).trim().split(' ')).join(' '),
      }
    }
  }
  const words = withoutTitles(text.split(' '))
  const [only = ''] = words
  // "Dr. Müller" is Müller by his family's name.
  if (words.length === 1) return only === text ? { first: only, last: '' } : { first: '', last: only }
  let begin = words.length - 1
  while (begin > 1 && SUFFIXES.has(bare(words[begin]))) begin -= 1
  while (begin > 1 && NAME_PARTICLES.has(bare(words[begin - 1]))) begin -= 1
  return { first: words.slice(0, begin).join(' '), last: words.slice(begin).join(' ') }
}

function withoutTitles(words: readonly string[]): readonly string[] {
  let from = 0
  // Somebody who is written as a title alone keeps it: "Don" may be his name.
  while (from < words.length - 1 && TITLES.has(bare(words[from]))) from += 1
  return words.slice(from)
}

function onlySuffixes(text: string): boolean {
  return text.split(/[\s,]+/).every(word => SUFFIXES.has(word.toLowerCase()))
}

function bare(word = ''): string {
  return word.toLowerCase().replace(/,$/, '')
}
