/** How readers share a file: blocks of so many rows are dealt out to them in turn. */
export interface Sharing {
  readonly readers: number
  readonly blockRows: number
}

/** What one of them takes; `reader` counts from 0. */
export interface Share extends Sharing {
  readonly reader: number
}

// What is saved at a time: some 4 MB.
const BLOCK_ROWS = 16_384

/** One reader for the whole file. */
export const WHOLE_FILE: Share = { reader: 0, readers: 1, blockRows: BLOCK_ROWS }

/** The shares of so many readers. */
export function evenly(readers: number): Sharing {
  return { readers, blockRows: BLOCK_ROWS }
}

/** Everybody's share. */
export function sharesOf(sharing: Sharing): readonly Share[] {
  return Array.from({ length: sharing.readers }, (_, reader) => ({ ...sharing, reader }))
}
