-- News from whoever runs the bot, and to whom they have still to go: a row goes as its message is
-- owed, in one write, so that nobody gets them twice.

CREATE TABLE news (
    key TEXT NOT NULL PRIMARY KEY, platform TEXT NOT NULL, user TEXT NOT NULL,
    chat TEXT NOT NULL, thread TEXT NOT NULL, language TEXT NOT NULL,
    words TEXT NOT NULL, state TEXT NOT NULL, at REAL NOT NULL,
    total INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0, unsure INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX news_state ON news (state);
CREATE INDEX news_user ON news (platform, user);
CREATE TABLE news_to (
    platform TEXT NOT NULL, user TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
    PRIMARY KEY (platform, user)
) WITHOUT ROWID;
CREATE INDEX outbox_news ON outbox (platform, id) WHERE rank = 3;
