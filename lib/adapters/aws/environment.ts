// What the stack tells each function, parsed once at start-up: a function that was told too little must not answer at all.
// Not `import { z }`, which no bundler can take apart: 194 KB of every function against 76.
import * as z from 'zod';

const someText = z.string().min(1);
const text = () => someText;
const json = <Schema extends z.ZodType>(what: string, schema: Schema) =>
  z
    .string()
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value);
      } catch {
        context.addIssue(`must be a JSON ${what}`);
        return z.NEVER;
      }
    })
    .pipe(schema);
const jsonList = () => json('array', z.array(z.string()));

/** Each made where it is asked for: a function is told few of them. */
const variables = {
  TENANT: text,
  TABLE_NAME: text,
  BUS_NAME: text,
  PROMPT_QUEUE_URL: text,
  HITS_QUEUE_URL: text,
  /** Of a tenant whose CRM has an API. */
  SYNC_CRM_QUEUE_URL: () => text().optional(),
  OPERATE_QUEUE_URL: text,
  /** Where the dead letters of each queue rest, and the queue they are sent to again. */
  DEAD_LETTERS: () => json('object', z.record(z.string(), z.object({ dead: text(), queue: text().optional() }))),
  TIMERS_QUEUE_ARN: text,
  TIMERS_ROLE_ARN: text,
  SCHEDULE_GROUP: text,
  MAIL_FROM: text,
  MAIL_CONFIGURATION_SET: text,
  /** Where the links of mails lead. */
  API_URL: text,
  ALLOWED_ORIGINS: jsonList,
  WRITE_KEYS: jsonList,
  CONNECTIONS: () => json('object', z.record(z.string(), z.unknown())),
  CRM_SECRET_ID: text,
  CRM_API_SECRET_ID: text,
  WRITES_BACK: () => z.enum(['true', 'false']).transform((value) => value === 'true'),
  DESTINATIONS: () => json('object', z.record(z.string(), z.unknown())),
  DESTINATIONS_SECRET_ID: text,
  READ_SECRET_ID: text,
  DECISION_SECRET_ID: text,
  OPERATOR_SECRET_ID: text,
  LINKS_SECRET_ID: text,
  /** Of a tenant with CloudFront before its API. */
  EDGE_SECRET_ID: () => text().optional(),
  /** `access` of the tenant's file. */
  ACCESS: () => json('object', z.record(z.string(), z.unknown())),
  /** `retention` of the tenant's file. */
  RETENTION: () =>
    json(
      'object',
      z.object({ anonymousDays: z.int(), trailMonths: z.int(), noticeDays: z.int(), quarantineDays: z.int() }),
    ),
  USER_POOL_ID: text,
  USER_POOL_CLIENT_ID: text,
  /** Where people sign in. */
  SIGN_IN_URL: () => z.url(),
  /** Where the pool's keys are; with AWS, when left out. */
  USER_POOL_KEYS_URL: () => text().optional(),
};
type Variables = typeof variables;
export type VariableName = keyof Variables;
export type Environment<Name extends VariableName> = { [Key in Name]: z.infer<ReturnType<Variables[Key]>> };

/** The named variables, typed. Throws one error that names every one that is missing or malformed. */
export function readEnvironment<Name extends VariableName>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Environment<Name> {
  const values: [string, unknown][] = [];
  const problems: string[] = [];
  for (const name of names) {
    const parsed = variables[name]().safeParse(environment[name]);
    if (parsed.success) values.push([name, parsed.data]);
    else problems.push(`${name} ${environment[name] === undefined ? 'is missing' : parsed.error.issues[0]?.message}`);
  }
  if (problems.length > 0) throw new Error(`the function's environment is wrong: ${problems.join('; ')}`);
  return Object.fromEntries(values) as Environment<Name>;
}
