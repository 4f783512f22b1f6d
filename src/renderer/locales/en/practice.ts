/** The texts of the pages under /practice. */
export const practice = {
  title: 'Practice mailbox',
}
