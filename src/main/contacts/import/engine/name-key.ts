/** How names of tags and lists are compared, as in the tag and list stores: in lower case. Free of SQL, for the thread. */
export function nameKey(name: string): string {
  return name.trim().normalize('NFC').toLowerCase()
}
