// Load, decide, save; and once more when somebody else saved in between.
import { ConflictError } from '../ports.ts';

/** With 50 writers on one item the unluckiest was seen to need 11 tries embedded; what still loses goes back to its queue. */
const tries = 20;

export const retryConflicts = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConflictError) || left === 0) throw error;
    }
  }
};
