import { BlockList, isIP } from 'node:net'

const V4: readonly (readonly [net: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
]
const V6: readonly (readonly [net: string, prefix: number])[] = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
]

function localAddresses(): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of V4) list.addSubnet(net, prefix, 'ipv4')
  for (const [net, prefix] of V6) list.addSubnet(net, prefix, 'ipv6')
  return list
}

/** Tells whether an IP address is this machine, its network or none that the internet reaches (RFC 6890). A name is never one. */
export function createLocalAddressCheck(): (address: string) => boolean {
  const list = localAddresses()
  return address => {
    const bare = address.replace(/^\[|\]$/g, '')
    const version = isIP(bare)
    if (version === 4) return list.check(bare, 'ipv4')
    // BlockList reads IPv4-mapped addresses by the rules of IPv4.
    return version === 6 && list.check(bare, 'ipv6')
  }
}
