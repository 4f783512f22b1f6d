/** The texts of the activity pages. */
export const activity = {
  title: 'Activity',
}
