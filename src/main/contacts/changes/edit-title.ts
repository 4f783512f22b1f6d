/** What an edit of these fields is called in the list of changes, such as "Edit of city, vip". Values are not in it. */
export function editTitle(fields: { readonly custom?: object | undefined }): string {
  const names = [...Object.keys(fields).filter(name => name !== 'custom'), ...Object.keys(fields.custom ?? {})]
  return `Edit of ${names.join(', ')}`
}
