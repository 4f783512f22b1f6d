import iconv from 'iconv-lite'

/** A file that is not as it should be, and what must become of it. */
export interface MalformedCase {
  readonly file: string | Uint8Array
  /** How the name of the file ends; csv unless said otherwise. */
  readonly kind?: 'csv' | 'txt' | 'tsv' | 'vcf' | 'xlsx' | 'xls' | 'other'
  /** The words of the refusal; null when the file is imported. */
  readonly refused?: RegExp
  readonly rows?: number
  readonly created?: number
  readonly duplicates?: number
  /** Line, and part of the reason, of each rejected row. */
  readonly rejects?: readonly (readonly [number, RegExp])[]
  /** Values that one of the contacts must have, by column of the store. */
  readonly has?: Readonly<Record<string, unknown>>
}

export type MalformedCases = Readonly<Record<string, MalformedCase>>

/** The header that most cases begin with. */
export const H = 'Name,Email,Phone\n'

/** A text in another encoding. */
export function inEncoding(text: string, encoding: string, addBOM = false): Uint8Array {
  return iconv.encode(text, encoding, { addBOM })
}
