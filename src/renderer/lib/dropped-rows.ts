/** What the rows of a file are. */
export type ImportedRows = 'contacts' | 'orders'

/** What a file means that is dropped while the page at `path` is open: orders on the import of orders, else contacts. */
export function rowsDroppedAt(path: string): ImportedRows {
  return path === '/orders/import' ? 'orders' : 'contacts'
}
