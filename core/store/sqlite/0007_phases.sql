-- What a request has learnt stands in one record for each phase, and columns are called by the field's words. The bodies
-- are rewritten beside it (core.store.sqlite.files.STEPS).

ALTER TABLE jobs RENAME COLUMN lane TO lock;
ALTER TABLE jobs RENAME COLUMN told TO notified_at;
ALTER TABLE jobs RENAME COLUMN begun TO claims;
ALTER TABLE jobs RENAME COLUMN taken TO claimed;
ALTER TABLE jobs RENAME COLUMN pile TO bundle;
ALTER TABLE outbox RENAME COLUMN begun TO claims;
ALTER TABLE outbox RENAME COLUMN taken TO claimed;
DROP INDEX jobs_lane;
CREATE INDEX jobs_lock ON jobs (lock, id) WHERE state = 'open';
DROP INDEX jobs_taken;
CREATE INDEX jobs_claimed ON jobs (platform, user) WHERE claimed = 1;

ALTER TABLE heard RENAME TO cursors;
DROP INDEX heard_user;
CREATE INDEX cursors_user ON cursors (platform, user);

UPDATE jobs SET step = 'snapshot' WHERE step = 'mark';
UPDATE drafts SET name = 'snapshot' WHERE name = 'before';
UPDATE drafts SET name = 'export' WHERE name = 'draft';
