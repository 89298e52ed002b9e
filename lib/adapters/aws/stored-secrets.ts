// The StoredSecrets port on Secrets Manager: what secrets.ts reads, for whoever replaces it.
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { StoredSecrets } from '../../ports.ts';

export interface SecretPlace {
  /** Of the secret, a JSON object. */
  id: string;
  /** Under which its value stands, or a list of values, newest first. */
  key: string;
  /** Under which those beside it stand, where the value itself is always one. */
  also?: string;
}

const text = z.string().min(1);
const values = z.union([text.transform((one) => [one]), z.array(text)]);
const moments = z.record(z.string(), z.string());
/** Since when there are several, by key. No connection can be called that. */
const rotated = '_rotated';

const without = (record: Readonly<Record<string, unknown>>, ...keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** Throws without quoting what it read. */
const parsed = <Shape>(schema: z.ZodType<Shape>, json: unknown): Shape => {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw Object.assign(new Error('the secret is not as Muster keeps them: a JSON object of texts and lists of texts'), {
    code: 'secret-shape',
  });
};

const documentIn = (text: string | undefined): Readonly<Record<string, unknown>> => {
  let json: unknown;
  try {
    json = JSON.parse(text ?? '');
  } catch {
    json = undefined;
  }
  return parsed(z.record(z.string(), z.unknown()), json);
};

/** `placeOf` throws where there is none of that name. */
export const createStoredSecrets = (
  region: string,
  placeOf: (name: string) => SecretPlace,
  client = new SecretsManagerClient({ region }),
): StoredSecrets => {
  const documentOf = async ({ id }: SecretPlace) =>
    documentIn((await client.send(new GetSecretValueCommand({ SecretId: id }))).SecretString);
  const valuesIn = (document: Readonly<Record<string, unknown>>, key: string | undefined): string[] =>
    key !== undefined && Object.hasOwn(document, key) ? parsed(values, document[key]) : [];

  return {
    read: async (name) => {
      const place = placeOf(name);
      const document = await documentOf(place);
      const live = [...valuesIn(document, place.key), ...valuesIn(document, place.also)];
      const { [place.key]: rotatedAt } = parsed(moments, document[rotated] ?? {});
      return { values: live, ...(rotatedAt !== undefined && { rotatedAt }) };
    },
    write: async (name, { values: [newest, ...older], rotatedAt }) => {
      const { id, key, also } = placeOf(name);
      // Of the same secret there are others, other connections' say.
      const document = await documentOf({ id, key });
      const others = without(document, key, also ?? key, rotated);
      const since = {
        ...without(parsed(moments, document[rotated] ?? {}), key),
        ...(rotatedAt && { [key]: rotatedAt }),
      };
      const split = also !== undefined && older.length > 0;
      const next = {
        ...others,
        [key]: also === undefined && older.length > 0 ? [newest, ...older] : newest,
        ...(split && { [also]: older }),
        ...(Object.keys(since).length > 0 && { [rotated]: since }),
      };
      await client.send(new PutSecretValueCommand({ SecretId: id, SecretString: JSON.stringify(next) }));
    },
  };
};
