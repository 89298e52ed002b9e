// Something to be told to one person: what, when, and where it is noted.
import type { Notice } from '../../domain/notices/notice.ts';
import type { When } from '../../domain/notices/when.ts';

export interface Telling {
  /** Under whom it is noted: the person or, where it concerns all of it, the account. */
  owner: string;
  noticeId: string;
  notice: Notice;
  when: When;
  /** The assignment it is about. */
  assignmentId?: string;
  /** Tells an owner of their assignment: their clock runs from then. */
  starts?: { accountId: string; leadId: string; assignmentId: string };
  /** Several events may ask for the same one; the first that does has it. */
  shared?: true;
}
