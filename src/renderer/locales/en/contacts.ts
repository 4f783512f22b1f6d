/** The texts of the contacts pages. */
export const contacts = {
  title: 'Contacts',
}
