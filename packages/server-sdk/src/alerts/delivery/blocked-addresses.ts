import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Ranges of IPv4 that no public server has: RFC 6890 and its registry. */
const IPV4_RANGES: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Shared by the customers of a carrier.
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, with the metadata services of clouds.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved and broadcast.
  ['224.0.0.0', 3],
];

/** Only 2000::/3 is public; what of it is not, or stands for an address of IPv4. */
const IPV6_RANGES: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4.
  ['2002::', 16],
  ['3fff::', 20],
];

const blocked4 = createBlockList(IPV4_RANGES, 'ipv4');
const blocked6 = createBlockList(IPV6_RANGES, 'ipv6');
const public6 = createBlockList([['2000::', 3]], 'ipv6');

function createBlockList(
  ranges: readonly (readonly [string, number])[],
  family: 'ipv4' | 'ipv6',
): BlockList {
  const list = new BlockList();
  for (const [network, bits] of ranges) list.addSubnet(network, bits, family);
  return list;
}

/**
 * Whether an address is one that no webhook may have: of a private, loopback, link-local, shared, multicast, documentation or
 * reserved range, or an address of IPv6 that stands for one of IPv4 (mapped, NAT64, 6to4, Teredo), whatever that is.
 *
 * @param address as a resolver gives it; everything else, an address with a zone also, counts as blocked
 */
export function isBlockedAddress(address: string): boolean {
  if (isIPv4(address)) return blocked4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return true;
  return !public6.check(address, 'ipv6') || blocked6.check(address, 'ipv6');
}
