/** What a look-up in the DNS brought: values, provably nothing, or no answer. */
export type LookUp<T> =
  | { readonly kind: 'found'; readonly values: readonly T[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed' }

/** Asks the DNS; it never throws and answers within some seconds. */
export interface Resolver {
  /** TXT records, the strings of each put together without a blank (RFC 7208 section 3.3). */
  txt(name: string): Promise<LookUp<string>>
  mx(name: string): Promise<LookUp<{ readonly exchange: string; readonly priority: number }>>
  /** Whether a name has an address, A or AAAA. */
  address(name: string): Promise<LookUp<string>>
}
