/** The texts of the imports pages. */
export const imports = {
  title: 'Imports',
}
