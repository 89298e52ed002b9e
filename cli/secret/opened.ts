// Where secrets are kept, as the commands on them need it: the same of a deployed tenant and of a folder of this machine.
import type { Deed } from '../../lib/domain/deeds.ts';
import type { StoredSecrets } from '../../lib/ports.ts';
import type { SecretKind } from './kinds.ts';

export interface OpenedSecrets {
  /** By name, all there are. */
  kinds: Readonly<Record<string, SecretKind>>;
  secrets: StoredSecrets;
  /** Into the audit log. */
  note(deed: Deed): Promise<void>;
  /** For how long whoever reads them goes on with what they have read. */
  keptMs: number;
  /** Why it must not go yet, if it must not: `since` (ISO) the old one is being replaced. */
  stillNeeded?(name: string, since: string | undefined): Promise<string | undefined>;
  /** Where else one of that name is, if it is. */
  elsewhere?(name: string): string | undefined;
  /** Where, as it is typed. */
  typed: string;
}
