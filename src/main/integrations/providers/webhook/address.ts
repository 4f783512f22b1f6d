import { createLocalAddressCheck } from '../../http/local-address.ts'
import { isLoopback } from '../../smtp/endpoint.ts'

/** What is wrong with the address of a webhook, for a person; null when it may be used. Names are looked up when it is used. */
export function addressProblem(text: string, allowLocal: boolean): string | null {
  if (!URL.canParse(text)) return 'The address is one such as https://example.com/hooks/tidings'
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isHere = isLoopback(host)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) return 'The address must begin with https://'
  if (url.username !== '' || url.password !== '')
    return 'Leave user and password out of the address: deliveries are signed'
  if (!allowLocal && (isHere || createLocalAddressCheck()(host))) {
    return 'This address is on this machine or in its network: allow it below, if that is what you want'
  }
  return null
}
