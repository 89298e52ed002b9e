// Names in a playbook that point at something else in it: forms, signals, personas, models' own numbers.
import { suggestion } from '../nearest.ts';
import type { Problem } from '../schema-complaints.ts';
import type { Playbook } from './playbook.ts';

export type Use = readonly [name: string, path: Problem['path'], isKey?: boolean];

/** A complaint for each name that is none of those there are. `what` is one of them, `where` the setting that lists them. */
export const unknownNames = (what: string, where: string, among: object, uses: readonly Use[]): Problem[] =>
  uses
    .filter(([name]) => !Object.hasOwn(among, name))
    .map(([name, path, isKey]) => ({
      path,
      isKey: isKey ?? false,
      message: `no ${what} is called ${name}; ${suggestion(name, Object.keys(among), `there is none: add it under \`${where}\``)}`,
    }));

export const listed = (names: readonly string[] | undefined, path: Problem['path']): Use[] =>
  (names ?? []).map((name, index) => [name, [...path, index]]);

const keys = (things: object, path: Problem['path']): Use[] =>
  Object.keys(things).map((name) => [name, [...path, name], true]);

const each = <Thing>(things: Record<string, Thing>, uses: (thing: Thing, id: string) => Use[]): Use[] =>
  Object.entries(things).flatMap(([id, thing]) => uses(thing, id));

const forms = ({ signals }: Playbook): Use[] =>
  each(signals, ({ match }, id) =>
    match.flatMap(({ form }, index) => (form === undefined ? [] : [[form, ['signals', id, 'match', index, 'form']]])),
  );

const signals = ({ productLines, models, suppression, account }: Playbook): Use[] => [
  ...each(productLines, (line, id) => listed(line.signals, ['productLines', id, 'signals'])),
  ...each(models, (model, id) => keys(model.signals, ['models', id, 'signals'])),
  ...each(suppression, ({ share }, id) => (share ? [[share.signal, ['suppression', id, 'share', 'signal']]] : [])),
  ...each(account.thresholds, (threshold, id) => listed(threshold.signals, ['account', 'thresholds', id, 'signals'])),
];

const personas = ({ models, account, fit }: Playbook): Use[] => [
  ...each(fit, ({ field, is }, id) => (field === 'persona' ? listed(is, ['fit', id, 'is']) : [])),
  ...each(models, (model, id) => listed(model.personas, ['models', id, 'personas'])),
  ...listed(account.buyingGroup, ['account', 'buyingGroup']),
];

export const checkNames = (playbook: Playbook): Problem[] => {
  const { models } = playbook;
  return [
    ...unknownNames('form', 'forms', playbook.forms, forms(playbook)),
    ...unknownNames('signal', 'signals', playbook.signals, signals(playbook)),
    ...unknownNames('persona', 'personas', playbook.personas, personas(playbook)),
    ...unknownNames(
      'product line',
      'productLines',
      playbook.productLines,
      each(models, (model, id) => listed(model.productLines, ['models', id, 'productLines'])),
    ),
    ...unknownNames(
      'fit rule',
      'fit',
      playbook.fit,
      each(models, (model, id) => keys(model.fit, ['models', id, 'fit'])),
    ),
  ];
};
