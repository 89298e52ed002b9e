// The end-to-end suite on the embedded edition.
import { openEmbeddedEdition } from './embedded-edition.ts';
import { endToEnd } from './suite.ts';

endToEnd('embedded', openEmbeddedEdition);
