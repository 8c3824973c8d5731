-- Fairness: how many steps of a user run, and how many words are owed to them, is asked for with every claim and message.

CREATE INDEX jobs_taken ON jobs (platform, user) WHERE taken = 1;
CREATE INDEX outbox_user ON outbox (platform, user);
