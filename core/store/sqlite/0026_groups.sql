-- What a group has asked for is sought with its name: requests in private need not stand in these indexes, each of which
-- costs every one of them a page at its beginning and at its end.
DROP INDEX jobs_of_space;
DROP INDEX jobs_tried_space;
DROP INDEX jobs_paid_space;
CREATE INDEX jobs_of_space ON jobs (platform, space, created, spent) WHERE space != '';
CREATE INDEX jobs_tried_space ON jobs (platform, space, created) WHERE space != '' AND plan IN ('edit', 'make');
CREATE INDEX jobs_paid_space ON jobs (platform, space, created)
    WHERE space != '' AND plan IN ('edit', 'make') AND (state = 'open' OR state = 'done' AND sent = 1);
