// What FTS5's trigram tokenizer with remove_diacritics 1 takes for the same letter, read from SQLite 3.52 itself by indexing
// every character of the basic plane; case alone is left out. test/integration/contacts/search.test.ts compares the two.
const SAME_LETTER: readonly string[] = [
  'aÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặÅ',
  'bḂḃḄḅḆḇ',
  'cÇçĆćĈĉĊċČčḈḉ',
  'dĎďḊḋḌḍḎḏḐḑḒḓ',
  'eÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệ',
  'fḞḟ',
  'gĜĝĞğĠġĢģǦǧǴǵḠḡ',
  'hĤĥȞȟḢḣḤḥḦḧḨḩḪḫẖ',
  'iÌÍÎÏìíîïĨĩĪīĬĭĮįİǏǐȈȉȊȋḬḭḮḯỈỉỊị',
  'jĴĵǰ',
  'kĶķǨǩḰḱḲḳḴḵK',
  'lĹĺĻļĽľḶḷḸḹḺḻḼḽ',
  'mḾḿṀṁṂṃ',
  'nÑñŃńŅņŇňǸǹṄṅṆṇṈṉṊṋ',
  'oÒÓÔÕÖòóôõöŌōŎŏŐőƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ',
  'pṔṕṖṗ',
  'rŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟ',
  'sŚśŜŝŞşŠšſȘșṠṡṢṣṤṥṦṧṨṩẛ',
  'tŢţŤťȚțṪṫṬṭṮṯṰṱẗ',
  'uÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự',
  'vṼṽṾṿ',
  'wŴŵẀẁẂẃẄẅẆẇẈẉẘ',
  'xẊẋẌẍ',
  'yÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ',
  'zŹźŻżŽžẐẑẒẓẔẕ',
  'βϐ',
  'εϵ',
  'θϑ',
  'κϰ',
  'μµ',
  'πϖ',
  'ρϱ',
  'σς',
  'φϕ',
]

/** Every way of writing the same letter: in either case, with any accent or none. Other characters stand for themselves. */
export function sameLetters(letter: string): string {
  const lower = letter.toLowerCase()
  const group = SAME_LETTER.find(one => one.includes(letter) || one.includes(lower))
  const base = group?.charAt(0) ?? lower
  const capital = base.toUpperCase()
  // The capital of ß is two letters, and that of ı is the capital of i: such letters stand only for themselves.
  const capitals = lengthOf(capital) === 1 && capital.toLowerCase() === base ? [capital] : []
  const forms = [letter, base, ...capitals, ...Array.from(group ?? '')]
  return [...new Set(forms)].join('')
}

/** A text in lower case with the accents of its Latin letters taken off. */
export function plainText(text: string): string {
  return Array.from(text.normalize('NFC').toLowerCase(), letter => {
    const group = SAME_LETTER.find(one => one.includes(letter))
    return group?.charAt(0) ?? letter
  }).join('')
}

/** How many characters a text has, each letter counted once whatever it takes to store it. */
export function lengthOf(text: string): number {
  return Array.from(text).length
}
