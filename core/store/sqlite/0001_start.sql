-- Everything durable, first version. Times are seconds since the epoch; bodies are JSON of the core's dataclasses.
-- AUTOINCREMENT everywhere: an id that comes back would make "job-1" edit an old message.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE seen (id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);

CREATE TABLE chats (
    user TEXT NOT NULL, platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
    body TEXT NOT NULL, updated REAL NOT NULL,
    PRIMARY KEY (user, platform, chat, thread)
) WITHOUT ROWID;

CREATE TABLE spaces (
    platform TEXT NOT NULL, space TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (platform, space)
) WITHOUT ROWID;

CREATE TABLE accounts (
    user TEXT NOT NULL, platform TEXT NOT NULL,
    client_id TEXT NOT NULL, token TEXT NOT NULL DEFAULT '', expires REAL NOT NULL DEFAULT 0,
    granted REAL NOT NULL DEFAULT 0, anonymous TEXT NOT NULL DEFAULT '', own TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (platform, user)
) WITHOUT ROWID;

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL, user TEXT NOT NULL, platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
    plan TEXT NOT NULL, space TEXT NOT NULL, ended REAL NOT NULL DEFAULT 0,
    step TEXT NOT NULL, state TEXT NOT NULL, due REAL NOT NULL, told REAL NOT NULL, created REAL NOT NULL,
    version INTEGER NOT NULL DEFAULT 0, begun INTEGER NOT NULL DEFAULT 0, taken INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL, pile TEXT NOT NULL, clip TEXT NOT NULL DEFAULT ''
);
CREATE INDEX jobs_due ON jobs (due, id) WHERE state = 'open';
CREATE INDEX jobs_lane ON jobs (lane, id) WHERE state = 'open';
CREATE INDEX jobs_owner ON jobs (platform, user, state);
CREATE INDEX jobs_created ON jobs (created);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL, slot TEXT NOT NULL,
    job INTEGER, user TEXT NOT NULL, body TEXT NOT NULL, due REAL NOT NULL, created REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, begun INTEGER NOT NULL DEFAULT 0, taken INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_due ON outbox (due, id);
CREATE INDEX outbox_address ON outbox (platform, chat, thread, slot, id);

CREATE TABLE posted (
    platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL, slot TEXT NOT NULL,
    message TEXT NOT NULL, text TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (platform, chat, thread, slot)
) WITHOUT ROWID;
CREATE INDEX posted_at ON posted (at);
