/** Of which shape playbooks are that this release saves. Goes up whenever their schema changes: one saved in an earlier shape is completed
 * as it is read. */
export const playbookShape = 2;
