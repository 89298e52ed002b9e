// What is said of a route of the API.
import type * as z from 'zod';
import type { Permission } from '../../../lib/domain/access.ts';

/** How a caller proves who they are where it is no permission's: a page's origin, a write key, a signature, what only they were sent. */
export type Proof = 'origin' | 'write-key' | 'webhook-signature' | 'secret-in-path' | 'signed-link' | 'none';

export type BodyType =
  | 'application/json'
  | 'text/plain'
  | 'application/x-www-form-urlencoded'
  | 'multipart/form-data'
  | 'text/xml';

export interface ApiParameter {
  name: string;
  what: string;
  required?: true;
  /** JSON Schema of the text. */
  schema: {
    type: 'string' | 'integer';
    pattern?: string;
    enum?: readonly string[];
    minimum?: number;
    maximum?: number;
  };
}

export interface ApiAnswer {
  status: 200 | 202 | 303;
  what: string;
  /** Without one it is a page. */
  json?: z.ZodType;
}

export interface ApiRoute {
  method: 'get' | 'post';
  path: `/${string}`;
  id: string;
  what: string;
  caller: Permission | Proof;
  body?: { types: readonly BodyType[]; schema?: z.ZodType };
  query?: readonly ApiParameter[];
  answers: readonly ApiAnswer[];
  /** Beside those that every route may answer. */
  refusals: readonly (404 | 410 | 413 | 415 | 422)[];
  /** Its refusals are pages: whoever calls looks at them. */
  pages?: true;
}
