-- Which request each posted message is about, so that an answer to it is about the same video.

CREATE TABLE messages (
    platform TEXT NOT NULL, chat TEXT NOT NULL, message TEXT NOT NULL, job INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (platform, chat, message)
) WITHOUT ROWID;
CREATE INDEX messages_at ON messages (at);
CREATE INDEX messages_job ON messages (job);
