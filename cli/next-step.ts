// What to do about a deployment that failed, told from what the programs printed.
import { ProgramError } from './program.ts';

export const nextStepAfter = (error: unknown, { region }: { region: string }): string => {
  const said = error instanceof ProgramError ? error.output : String(error);
  if (/bootstrap/i.test(said) && /not been bootstrapped|run 'cdk bootstrap'|cdk bootstrap/i.test(said)) {
    return `Prepare the account once: npm run deploy -- --tenant <name> --bootstrap (region ${region}).`;
  }
  if (/credential|resolve AWS account|security token|ExpiredToken|\bsso\b/i.test(said)) {
    return 'Sign in to AWS first (aws sso login, or AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY).';
  }
  if (/current credentials are for|Need to perform AWS calls for account|you are signed in to/i.test(said))
    return 'The tenant’s file names another account than the one signed in to: sign in to that one.';
  if (/ImportStack|importResources|resources? to import|cannot be imported|ResourceTypes \[/i.test(said)) {
    return 'What was kept could not be taken over: see the line above for which resource, and take what cannot be imported out of the file of `--take-over`.';
  }
  if (/UnreservedConcurrentExecution/.test(said)) {
    return 'The account may not run enough functions at once: ask AWS for more (Service Quotas, Lambda, "Concurrent executions"), or say `concurrency: none` in the tenant’s file.';
  }
  if (/ROLLBACK|CREATE_FAILED|UPDATE_FAILED/.test(said)) {
    return "The stack was rolled back: the first CREATE_FAILED or UPDATE_FAILED line above, or the stack's events in the CloudFormation console, say why.";
  }
  if (/^Error: Build failed with \d+ error|\[ERROR\]|: ERROR: /m.test(said))
    return 'A function does not bundle: mend the file and line named above.';
  if (/ENOTFOUND|EAI_AGAIN/.test(said))
    return `AWS could not be found: is ${region}, the region of the tenant's file, one of AWS's, and is this machine online?`;
  return 'See the lines above; `--synth-only` tells whether the template or the deployment is at fault.';
};
