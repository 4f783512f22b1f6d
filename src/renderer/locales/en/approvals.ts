/** The texts of the pages under /approvals. */
export const approvals = {
  title: 'Approvals',
}
