/** The texts of the suppressions pages. */
export const suppressions = {
  title: 'Suppressions',
}
