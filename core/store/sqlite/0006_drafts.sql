-- A draft of megabytes has a row of its own: in the request's it would be read and written at every step of it, and
-- searched whenever somebody's costs or times are counted.

CREATE TABLE drafts (
    job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    name TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (job, name)
);

INSERT INTO drafts SELECT id, 'before', '', json_extract(body, '$.facts.before') FROM jobs
    WHERE length(json_extract(body, '$.facts.before')) > 65536;
INSERT INTO drafts SELECT id, 'draft', '', json_extract(body, '$.facts.draft') FROM jobs
    WHERE length(json_extract(body, '$.facts.draft')) > 65536 AND state = 'open';
UPDATE jobs SET body = json_set(body, '$.facts.before', '@') WHERE length(json_extract(body, '$.facts.before')) > 65536;
UPDATE jobs SET body = json_set(body, '$.facts.draft', '@') WHERE length(json_extract(body, '$.facts.draft')) > 65536;
