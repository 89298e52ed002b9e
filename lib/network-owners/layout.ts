// Where what is in the packed file: numbers of 32 bits, the lowest byte first, and names in UTF-8 at the end.

/** Changes whenever the layout does. */
export const magic = 0x31_4f_4e_4d;
const headerBytes = 32;

export interface Counts {
  v4: number;
  v6: number;
  owners: number;
}

/** Where each list begins, in bytes. A range of IPv4 has a first address, a last and an owner; one of IPv6 the upper 64 bits of its
 * first and of its last, the higher half first, and an owner; an owner an AS number and the end of its name. */
export const sectionsOf = ({ v4, v6, owners }: Counts) => {
  const v4Last = headerBytes + v4 * 4;
  const v4Owner = v4Last + v4 * 4;
  const v6First = v4Owner + v4 * 4;
  const v6Last = v6First + v6 * 8;
  const v6Owner = v6Last + v6 * 8;
  const asn = v6Owner + v6 * 4;
  const nameEnd = asn + owners * 4;
  return { v4First: headerBytes, v4Last, v4Owner, v6First, v6Last, v6Owner, asn, nameEnd, names: nameEnd + owners * 4 };
};
