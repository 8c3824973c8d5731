-- What was said while the bot was away: how far each chat was taken in (`last` is the order of a message, 0 unknown).
-- `user` is whose direct chat it is, '' where others read along. Words to which no way leads wait as `gone`.

CREATE TABLE heard (
    platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
    user TEXT NOT NULL, last INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (platform, chat, thread)
) WITHOUT ROWID;
CREATE INDEX heard_user ON heard (platform, user);

-- Up to the last message seen at all, everything was taken in.
INSERT INTO heard SELECT platform, chat, thread,
    MAX(CASE WHEN json_extract(body, '$.private') THEN user ELSE '' END), 0, (SELECT COALESCE(MAX(at), 0) FROM seen)
    FROM chats GROUP BY platform, chat, thread;
INSERT OR IGNORE INTO heard SELECT DISTINCT platform, chat, thread, '', 0, (SELECT COALESCE(MAX(at), 0) FROM seen)
    FROM jobs WHERE state = 'open';

ALTER TABLE outbox ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
-- An earlier version put such words off by a month; nothing else waits for more than a day.
UPDATE outbox SET gone = 1 WHERE attempts > 0 AND due > 86400 + (SELECT COALESCE(MAX(at), 0) FROM seen);
