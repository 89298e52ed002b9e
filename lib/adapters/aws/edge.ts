// The secrets by which a function knows CloudFront, where the tenant has it before its API.
import { createSecrets } from './secrets.ts';

export const createEdge = (secretId: string | undefined): (() => Promise<readonly string[]>) | undefined =>
  secretId === undefined ? undefined : createSecrets({ edge: secretId }).edgeSecrets;
