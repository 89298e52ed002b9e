// What a failed deployment is followed by: a hint that fits what the CDK printed.
import { expect, it } from 'vitest';
import { nextStepAfter } from '../../cli/next-step.ts';
import { ProgramError } from '../../cli/program.ts';

const hintFor = (printed: string): string =>
  nextStepAfter(new ProgramError('deploying', printed), { region: 'eu-central-1' });

it.each([
  ['esbuild', 'Error: Build failed with 1 error:\na.ts:1:2: ERROR: Could not resolve "x"', 'does not bundle'],
  ['esbuild by itself', '✘ [ERROR] Could not resolve "x"', 'does not bundle'],
  ['a change that was refused', '❌ muster-demo failed: ValidationError: Parameter values', 'See the lines above'],
  [
    'an import that was refused',
    '❌ muster-demo failed: ValidationError: ResourceTypes [AWS::SecretsManager::Secret] are not supported for Import',
    '--take-over',
  ],
  ['a rollback', 'CREATE_FAILED | AWS::WAFv2::WebACLAssociation | Association', 'rolled back'],
  [
    'an account that is given few functions',
    "CREATE_FAILED | AWS::Lambda::Function | Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    'concurrency: none',
  ],
  [
    'a region that is none',
    'getaddrinfo ENOTFOUND cloudformation.eu-centrall-1.amazonaws.com',
    'is eu-central-1, the region',
  ],
  ['a stack of another account', 'by its tenant’s file, and you are signed in to 111122223333', 'sign in to that one'],
  ['no session', 'The SSO session has expired: run aws sso login', 'Sign in to AWS'],
  ['an unprepared account', "This account has not been bootstrapped: run 'cdk bootstrap'", '--bootstrap'],
])('after %s', (_, printed, hint) => {
  expect(hintFor(printed)).toContain(hint);
});
