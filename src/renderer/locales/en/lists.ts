/** The texts of the lists pages. */
export const lists = {
  title: 'Lists',
}
