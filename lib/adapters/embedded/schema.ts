// The one file of the embedded edition: items, their stream, queues, timers and the outbox.
// Tables have row ids: in this workload WITHOUT ROWID took three times as long per upsert of 650 bytes (20 µs against 7).

/** Goes up when what is stored changes so that older files cannot be read. 2: facts by signal. 4: opportunities and contracts have
 * items of their own. 5: assignments and clocks by turns, notices by what they are about. 6: messages know their trace. 7: messages
 * know when they were sent. */
export const schemaVersion = 7;

/** What makes a file of each version one of the next; of versions before these there is no way. */
export const upgrades: Readonly<Record<number, string>> = {
  // Items become those of today as they are read (lib/table/upcasters.ts); lists are read by their columns alone.
  4: `UPDATE items SET list_pk = 'OWNED#' || lower(json_extract(data, '$.owner.email')),
    list_sk = json_extract(data, '$.at') || '#' || json_extract(data, '$.leadId')
    WHERE type = 'assignment' AND json_extract(data, '$.turn') IS NULL`,
  5: 'ALTER TABLE messages ADD COLUMN trace TEXT; ALTER TABLE dead_letters ADD COLUMN trace TEXT',
  // Nobody knows when those were sent: at the latest before they were due, which a failure puts off by 42 s at most.
  6: 'ALTER TABLE messages ADD COLUMN sent_at INTEGER NOT NULL DEFAULT 0; UPDATE messages SET sent_at = due',
};

export const schema = `
  CREATE TABLE IF NOT EXISTS items (
    pk TEXT NOT NULL, sk TEXT NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL,
    ttl REAL, list_pk TEXT, list_sk TEXT, data TEXT NOT NULL,
    PRIMARY KEY (pk, sk));
  CREATE INDEX IF NOT EXISTS lists ON items (list_pk, list_sk) WHERE list_pk IS NOT NULL;
  CREATE INDEX IF NOT EXISTS expiring ON items (ttl) WHERE ttl IS NOT NULL;
  CREATE TABLE IF NOT EXISTS changes (seq INTEGER PRIMARY KEY, outbox TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, queue TEXT NOT NULL, due INTEGER NOT NULL, failures INTEGER NOT NULL, body TEXT NOT NULL,
    trace TEXT, sent_at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS messages_due ON messages (queue, due);
  CREATE TABLE IF NOT EXISTS dead_letters (
    id INTEGER PRIMARY KEY, queue TEXT NOT NULL, died_at INTEGER NOT NULL, body TEXT NOT NULL, trace TEXT);
  CREATE INDEX IF NOT EXISTS dead_letters_queue ON dead_letters (queue);
  CREATE TABLE IF NOT EXISTS timers (name TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS timers_at ON timers (at);
  CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY, sent_at INTEGER NOT NULL, message_id TEXT NOT NULL, mail TEXT NOT NULL);
  PRAGMA user_version = ${schemaVersion};
`;
