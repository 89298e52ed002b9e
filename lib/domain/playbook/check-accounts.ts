// What is said of companies: whom not to sell to, where they browse from, and what a surge is compared with.
import ipaddr from 'ipaddr.js';
import { mailDomainOf, registrableDomain } from '../mail-domains.ts';
import type { Problem } from '../schema-complaints.ts';
import type { Playbook } from './playbook.ts';

const checkDomain = (domain: string, path: Problem['path']): Problem[] => {
  const registrable = registrableDomain(domain);
  if (!/^[^\s@/:]+\.[^\s@/:]+$/.test(domain)) {
    return [{ path, message: `${domain} is no domain: this never matches; write one such as acme.example` }];
  }
  if (registrable !== domain.toLowerCase()) {
    return [
      { path, message: `${domain} is not the domain a company registers: this never matches; write ${registrable}` },
    ];
  }
  const { kind } = mailDomainOf(`somebody@${registrable}`);
  if (kind === 'business') return [];
  return [
    {
      path,
      message: `${domain} is nobody's company (${kind === 'freemail' ? 'private' : 'throw-away'} mail): this never matches; take it out`,
    },
  ];
};

const checkSuppression = ({ suppression }: Playbook): Problem[] =>
  Object.entries(suppression).flatMap(([id, { domains = [] }]) =>
    domains.flatMap((domain, index) => checkDomain(domain, ['suppression', id, 'domains', index])),
  );

interface Range {
  text: string;
  /** The bits that all of its addresses begin with, as 0 and 1; the family before them. */
  prefix: string;
  network: string;
  path: Problem['path'];
}

const prefixOf = (text: string): string => {
  const [address, length] = ipaddr.parseCIDR(text);
  const bits = address.toByteArray().map((byte) => byte.toString(2).padStart(8, '0'));
  return `${address.kind()} ${bits.join('').slice(0, length)}`;
};

const rangesIn = ({ networks }: Playbook): Range[] =>
  Object.entries(networks).flatMap(([network, { ranges }]) =>
    ranges.map((text, index) => ({
      text,
      prefix: prefixOf(text),
      network,
      path: ['networks', network, 'ranges', index],
    })),
  );

/** A later range that has addresses of an earlier one: whose visitors they are could not be said. */
const checkRanges = (playbook: Playbook): Problem[] => {
  const ranges = rangesIn(playbook);
  return ranges.flatMap((range, index): Problem[] => {
    const other = ranges
      .slice(0, index)
      .find(({ prefix }) => prefix.startsWith(range.prefix) || range.prefix.startsWith(prefix));
    if (other === undefined) return [];
    const what = other.prefix === range.prefix ? 'is here twice,' : `overlaps ${other.text}`;
    return [{ path: range.path, message: `${what} of ${other.network} above; keep one of them` }];
  });
};

const checkNetworks = (playbook: Playbook): Problem[] =>
  Object.entries(playbook.networks).flatMap(([id, { domain, ranges, owners }]) => [
    ...checkDomain(domain, ['networks', id, 'domain']),
    ...(ranges.length === 0 && owners === undefined
      ? [
          {
            path: ['networks', id],
            isKey: true,
            message: 'has nothing to tell it by: this never matches; add ranges or owners',
          },
        ]
      : []),
  ]);

const checkAccount = ({ account: { surge, buyingGroup } }: Playbook): Problem[] => {
  const problems: Problem[] = [];
  if (surge.minimumWeeks > surge.weeks) {
    const message = `more than the ${surge.weeks} weeks there are: nothing would ever be a surge; take ${surge.weeks} or less`;
    problems.push({ path: ['account', 'surge', 'minimumWeeks'], message });
  }
  buyingGroup.forEach((persona, index) => {
    if (buyingGroup.indexOf(persona) === index) return;
    problems.push({ path: ['account', 'buyingGroup', index], message: `${persona} is here twice; keep one of them` });
  });
  return problems;
};

export const checkAccounts = (playbook: Playbook): Problem[] => [
  ...checkSuppression(playbook),
  ...checkAccount(playbook),
  ...checkNetworks(playbook),
  ...checkRanges(playbook),
];
