/** The texts of the pages under /settings. */
export const settings = {
  title: 'Settings',
}
