/**
 * One address line from its parts in the order of the file: street and house number with a blank ("Main St. 12",
 * "12 Main St."), a single letter behind its number without one ("12a"), anything else behind a comma ("Suite 100").
 */
export function joinStreet(before: string, part: string): string {
  if (before === '') return part
  if (/^\p{L}$/u.test(part) && /\d$/.test(before)) return `${before}${part}`
  const isNumber = /^\d[\d\s/-]*\p{L}?$/u
  return isNumber.test(part) || isNumber.test(before) ? `${before} ${part}` : `${before}, ${part}`
}
