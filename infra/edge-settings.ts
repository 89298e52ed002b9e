// What a tenant's file may say of what stands before its API, and of how many of each function run at once.
import * as z from 'zod';
import { type FunctionName, functionNames, functionSizes } from './function-sizes.ts';

export const edgeSettings = z
  .union([
    z.literal('none'),
    z
      .strictObject({
        domain: z
          .string()
          .regex(/^(?=.{4,253}$)([a-z0-9-]+\.)+[a-z]{2,}$/, 'must be a host name such as leads.acme.example')
          .optional()
          .describe('The API’s own name instead of CloudFront’s; its DNS record leads to CloudFront.'),
        certificateArn: z
          .string()
          .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'must be a certificate in us-east-1')
          .optional()
          .describe('The certificate of that name, in us-east-1, where CloudFront looks for it.'),
        requestsPerIpPer5Minutes: z
          .int()
          .min(10)
          .max(2_000_000_000)
          .default(2_000)
          .describe('What one address may ask; above it, it is refused until it asks less. CRMs are not counted.'),
        secretRound: z
          .int()
          .min(1)
          .default(1)
          .describe(
            'Raised by one when the secret CloudFront sends is rotated, so that CloudFront is given the new one.',
          ),
      })
      .refine(({ domain, certificateArn }) => (domain === undefined) === (certificateArn === undefined), {
        message: 'a domain needs its certificateArn, and a certificate its domain',
      }),
  ])
  .describe('CloudFront with a firewall before the API; `none` leaves the API open to whoever asks it directly.');

export type EdgeSettings = Exclude<z.infer<typeof edgeSettings>, 'none'>;

/** Of each function, how many may run at once: AWS keeps that many free for it alone. */
export const concurrencySettings = z
  .union([
    z.literal('none'),
    z
      .partialRecord(z.enum(functionNames as [FunctionName, ...FunctionName[]]), z.int().min(1).max(1_000))
      .superRefine((given, context) => {
        for (const [name, most] of Object.entries(given) as [FunctionName, number][]) {
          const least = leastOf(name);
          if (most < least)
            context.addIssue({
              code: 'custom',
              path: [name],
              message: `must be at least ${least}: its queues need that many`,
            });
        }
      }),
  ])
  .describe(
    'How many of each function may run at once, where not the usual; `none` where the account has few to give.',
  );

/** A queue is read by two at least; fewer functions than readers would let messages fail that nobody has looked at. */
const leastOf = (name: FunctionName): number => 2 * functionSizes[name].queues;
