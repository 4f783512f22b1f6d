// ISO 4217: the currencies whose minor unit is not a hundredth.
const WITHOUT: ReadonlySet<string> = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '),
)
const THOUSANDTHS: ReadonlySet<string> = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))

/** How many decimals a currency has: 2, or 0 or 3 where ISO 4217 says so. */
export function currencyDigits(currency: string): 0 | 2 | 3 {
  if (WITHOUT.has(currency)) return 0
  return THOUSANDTHS.has(currency) ? 3 : 2
}
