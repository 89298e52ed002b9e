// An owner of networks, what it announces, and what it is.

/** `company`: any organisation whose own people browse from there. `provider`: sells access. `hoster`: its machines visit, or those it
 * rents out. `vpn`: hides whoever visits. `education`: teaches, or connects those who do. */
export type OwnerKind = 'company' | 'provider' | 'hoster' | 'vpn' | 'education';

export interface Owner {
  asn: number;
  name: string;
}
/** What an owner announces under one AS number. */
export interface Space {
  /** Addresses of IPv4. */
  v4: number;
  /** Ranges of IPv4 that do not touch. */
  v4Ranges: number;
  /** Networks of IPv6 of 2^80 addresses, a site's usual share. */
  v6Sites: number;
}
