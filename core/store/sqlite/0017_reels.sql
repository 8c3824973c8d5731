-- Photos that several people have added to a group reel: none of them is stored anywhere else.

CREATE TABLE shares (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL, mark TEXT NOT NULL, platform TEXT NOT NULL, user TEXT NOT NULL,
    at REAL NOT NULL, body TEXT NOT NULL, UNIQUE (job, mark)
);
CREATE INDEX shares_user ON shares (platform, user);
