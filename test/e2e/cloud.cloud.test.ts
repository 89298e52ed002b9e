// The end-to-end suite on the stack that would go to AWS, on the local cloud.
import { openCloudEdition } from './cloud-edition.ts';
import { endToEnd } from './suite.ts';

// Change Data Capture needs a stack.
endToEnd('local cloud', openCloudEdition, ['salesforce-relayed']);
