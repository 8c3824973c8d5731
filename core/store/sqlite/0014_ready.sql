-- What is asked for with every claim and every message must not grow with what waits, runs, or is over.

-- Whether a job may be claimed when it is due: 0, or 1 behind another of its lock, 2 where its user has enough under way.
ALTER TABLE jobs ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
-- Whether its paid turn has been sent, or is about to be, and what it cost.
ALTER TABLE jobs ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN spent REAL;
UPDATE jobs SET sent = json_extract(body, '$.progress.turn.snapshot') IS NOT NULL,
    spent = json_extract(body, '$.progress.price.spent');

DROP INDEX jobs_due;
DROP INDEX jobs_lock;
DROP INDEX jobs_owner;
CREATE INDEX jobs_lock ON jobs (lock, id) WHERE state = 'open' AND lets_past = 0;
CREATE INDEX jobs_open ON jobs (platform, user) WHERE state = 'open';
CREATE INDEX jobs_here ON jobs (platform, chat, thread, user) WHERE state = 'open';
UPDATE jobs SET waits = 1 WHERE state = 'open' AND step != 'gather' AND lock != '' AND EXISTS (
    SELECT 1 FROM jobs e WHERE e.lock = jobs.lock AND e.state = 'open' AND e.lets_past = 0 AND e.id < jobs.id
);
CREATE INDEX jobs_ready ON jobs (step, due, id) WHERE state = 'open' AND claimed = 0 AND waits = 0;
CREATE INDEX jobs_front ON jobs (platform, user) WHERE state = 'open' AND claimed = 0 AND waits != 1;
CREATE INDEX jobs_behind ON jobs (lock, id) WHERE waits = 1;
CREATE INDEX jobs_busy ON jobs (step) WHERE claimed = 1;
CREATE INDEX jobs_notified ON jobs (notified_at)
    WHERE state = 'open' AND notified_at > 0 AND step != 'gather' AND cancelled = 0;
CREATE INDEX jobs_over ON jobs (platform, chat, thread, user, id) WHERE state != 'open';
CREATE INDEX jobs_done ON jobs (plan, id, ended, created, spent) WHERE state = 'done';
CREATE INDEX jobs_gathered ON jobs (created) WHERE state != 'open' AND step = 'gather';
CREATE INDEX jobs_of_user ON jobs (platform, user, created, plan, state, sent, spent);
CREATE INDEX jobs_of_space ON jobs (platform, space, created, plan, state, sent, spent);

CREATE INDEX accounts_granted ON accounts (granted);
CREATE INDEX granted_at ON granted (granted);
CREATE INDEX forgotten_created ON forgotten (created);
CREATE INDEX cursors_at ON cursors (at) WHERE user = '';

-- Whether photos or words wait in a chat for more.
ALTER TABLE chats ADD COLUMN holds INTEGER NOT NULL DEFAULT 0;
UPDATE chats SET holds =
    COALESCE(json_extract(body, '$.kept'), '[]') != '[]' OR COALESCE(json_extract(body, '$.wish'), '') != '';
CREATE INDEX chats_holding ON chats (platform, user, chat, thread) WHERE holds = 1;
