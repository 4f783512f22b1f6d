/** The texts of the pages under /campaigns. */
export const campaigns = {
  title: 'Campaigns',
}
