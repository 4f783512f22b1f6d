import iconv from 'iconv-lite'

// The letters beyond A to Z of the languages that each encoding was made for.
const WESTERN = [
  'äöüß',
  'éèêëàâîïôùûüçœæÿ',
  'áéíóúñü',
  'ãõáâàéêíóôúç',
  'àèéìíîòóù',
  'åäöéü',
  'æøåéóòô',
  'éëïöüèáóê',
  'áðéíóúýþæö',
  'õäöüšž',
  'àèéíïòóúüç',
]
const CENTRAL = ['ąćęłńóśźż', 'áčďéěíňóřšťúůýž', 'áäčďéíĺľňóôŕšťúýž', 'áéíóöőúüű', 'ăâîşţșț', 'čćđšž', 'äöüß']
const TURKISH = ['çğıiöşüâîû']
const BALTIC = ['ąčęėįšųūž', 'āčēģīķļņšūž', 'õäöüšž']

// In the order of how often files have them: of two that fit alike the first is taken.
const CANDIDATES: readonly (readonly [encoding: string, languages: readonly string[]])[] = [
  ['windows-1252', WESTERN],
  ['windows-1250', CENTRAL],
  ['windows-1254', TURKISH],
  ['iso-8859-2', CENTRAL],
  ['iso-8859-15', WESTERN],
  ['macintosh', WESTERN],
  ['cp850', WESTERN],
  ['windows-1257', BALTIC],
]
const MOST_OCTETS = 30_000
// A letter or two decide nothing: the usual encoding is given up only for one that fits clearly better.
const MARGIN = 0.06
const SHARE_OF_ANY = 0.5
const MARKS = /[’‘“”„‚–—…€™®©°ªº·«»§\u00A0]/

/**
 * The encoding under which words with accents read best: their letters belong to one language, marks stand at the edges of
 * words, and no capital follows a small letter. `words` are the words with octets beyond ASCII, a blank between two.
 */
export function latinEncoding(words: Uint8Array): string {
  const octets = withoutUtf8(Buffer.from(words.subarray(0, MOST_OCTETS)))
  const scores = CANDIDATES.map(([encoding, languages]) => plausibility(iconv.decode(octets, encoding), languages))
  const best = Math.max(...scores)
  return CANDIDATES[scores.findIndex(score => score >= best - MARGIN)]?.[0] ?? 'windows-1252'
}

/** Leaves out what UTF-8 wrote into a file of another encoding: such pairs (Ã¼) speak for none, unless there is nothing else. */
function withoutUtf8(octets: Buffer): Buffer {
  const rest = octets.toString('latin1').replace(/[\u00C2-\u00DF][\u0080-\u00BF]/g, '')
  return /[\u0080-\u00FF]/.test(rest) ? Buffer.from(rest, 'latin1') : octets
}

function plausibility(text: string, languages: readonly string[]): number {
  const letters = new Map<string, number>()
  let count = 0
  let marks = 0
  let faults = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (letter < '\u0080') continue
    count += 1
    const before = text[at - 1] ?? ' '
    const after = text[at + 1] ?? ' '
    if (MARKS.test(letter)) {
      if (isPlaced(letter, before, after)) marks += 1
      else faults += 1
    } else if (!/\p{L}/u.test(letter)) faults += 1
    else {
      if (isUpper(letter) && isLower(before)) faults += 1
      else if (isLower(letter) && isUpper(after)) faults += 1
      const small = letter === 'İ' ? 'i' : letter.toLowerCase()
      letters.set(small, (letters.get(small) ?? 0) + 1)
    }
  }
  if (count === 0) return 0
  const covered = (alphabet: string): number => {
    let sum = marks
    for (const [letter, times] of letters) if (alphabet.includes(letter)) sum += times
    return sum / count
  }
  const ofOne = Math.max(...languages.map(covered))
  return ofOne + covered(languages.join('')) * SHARE_OF_ANY - faults / count
}

// Some marks open a word, others end one or stand alone; the apostrophe stands inside: O’Neill, Women’s, l’eau.
function isPlaced(mark: string, before: string, after: string): boolean {
  if (mark === '’') return true
  const opens = '“„‘‚«'.includes(mark)
  return /\p{L}/u.test(opens ? before : after) === false
}

function isUpper(letter: string): boolean {
  return letter !== letter.toLowerCase()
}

function isLower(letter: string): boolean {
  return letter !== letter.toUpperCase()
}
