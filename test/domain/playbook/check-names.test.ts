// Names that point nowhere are refused, with the one that was probably meant.
import { describe, expect, test } from 'vitest';
import { complaints } from './complaints-of.ts';

describe('names that point nowhere', () => {
  test.each([
    [
      'a product line’s signal',
      'Vault, signals: [pricing]',
      'Vault, signals: [prcing]',
      ['20:36 productLines.vault.signals.0: no signal is called prcing; did you mean pricing?'],
    ],
    [
      'a model’s persona',
      'personas: [buyer]',
      'personas: [byer]',
      ['30:39 models.buyers.personas.0: no persona is called byer; did you mean buyer?'],
    ],
    [
      'a model’s product line',
      'productLines: [vault]',
      'productLines: [valt]',
      ['30:62 models.buyers.productLines.0: no product line is called valt; did you mean vault?'],
    ],
    [
      'a model’s signal',
      'signals: { pricing: { points: 15 } }',
      'signals: { pricng: { points: 15 } }',
      ['30:81 models.buyers.signals.pricng: no signal is called pricng; did you mean pricing?'],
    ],
    [
      'a model’s fit rule',
      'signals: { pricing: { points: 15 } }',
      'fit: { lead: { points: 15 } }',
      ['30:77 models.buyers.fit.lead: no fit rule is called lead; did you mean leads?'],
    ],
    [
      'a suppression’s signal',
      'share: { signal: pricing',
      'share: { signal: careers',
      ['33:71 suppression.rivals.share.signal: no signal is called careers; there are: asked, soon, pricing'],
    ],
    [
      'a threshold’s signal',
      'pricing, signals: [pricing]',
      'pricing, signals: [prices]',
      ['36:51 account.thresholds.pricing.signals.0: no signal is called prices; did you mean pricing?'],
    ],
    [
      'a persona of the buying group',
      'buyingGroup: [buyer]',
      'buyingGroup: [buyer, user]',
      ['38:24 account.buyingGroup.1: no persona is called user; did you mean buyer?'],
    ],
    [
      'a manager',
      'manager: grace@seller.example',
      'manager: gracy@seller.example',
      ['43:54 people.0.manager: nobody among `people` has gracy@seller.example; did you mean grace@seller.example?'],
    ],
    [
      'a member of a pool',
      'members: [{ email: ada@seller.example }]',
      'members: [{ email: zoe@rival.example }]',
      [
        '47:35 routing.pools.inbound.members.0.email: nobody among `people` has zoe@rival.example; there are: ada@seller.example, grace@seller.example',
      ],
    ],
    [
      'a pool',
      'defaultPool: inbound',
      'defaultPool: other',
      ['48:16 routing.defaultPool: no pool is called other; there are: inbound'],
    ],
    [
      'a time zone',
      'Europe/Berlin',
      'Europe/Berlni',
      [
        '51:15 sla.calendar.timezone: Europe/Berlni is no time zone; write one such as Europe/Berlin or America/New_York',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(complaints(from, to)).toEqual(expected));
});
