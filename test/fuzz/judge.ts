// What an answer must be by the OpenAPI document, whatever was asked.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Operation } from './requests.ts';

export interface Answered {
  status: number;
  type: string;
  text: string;
}

/** Patterns stand beside each format. */
const ajv = new Ajv2020({ validateFormats: false, strict: false });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** `problem`: the schema of every refusal. */
export const judgeOf = (operation: Operation, problem: object) => {
  const fits = new Map<string, (document: unknown) => boolean>();
  for (const [status, { content = {} }] of Object.entries(operation.responses)) {
    for (const [type, { schema }] of Object.entries(content)) {
      const check = ajv.compile(type === 'application/problem+json' ? problem : schema);
      fits.set(`${status} ${type}`, (document) => check(document) === true);
    }
  }
  /** What is wrong with it; undefined where nothing is. */
  return ({ status, type, text }: Answered): string | undefined => {
    if (status >= 500) return `answered ${status}`;
    const response = operation.responses[String(status)];
    if (response === undefined) return `answered ${status}, which is not documented`;
    if (response.content === undefined) return text === '' ? undefined : 'answered a body, which is not documented';
    const check = fits.get(`${status} ${type.split(';')[0]!.trim()}`);
    if (check === undefined) return `answered ${status} as ${type}, which is not documented`;
    const isJson = /json/.test(type);
    if (!check(isJson ? parsed(text) : text))
      return `answered ${status} with another document than documented: ${text.slice(0, 400)}`;
    if (status >= 400 && isJson && !text.includes(`"status":${status}`)) return `answered ${status} and says another`;
    return undefined;
  };
};
