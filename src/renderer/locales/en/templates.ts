/** The texts of the pages under /templates. */
export const templates = {
  title: 'Templates',
}
