-- What /forget leaves behind for a while, so that limits hold: when somebody asked for videos, and when they were given a
-- free token, under a code that only this database can make of who it was. The same secret makes client ids: whoever comes
-- back has their old one.

CREATE TABLE forgotten (
    who TEXT NOT NULL, platform TEXT NOT NULL, space TEXT NOT NULL, created REAL NOT NULL, paid INTEGER NOT NULL
);
CREATE TABLE granted (who TEXT PRIMARY KEY, granted REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX forgotten_who ON forgotten (who);
CREATE INDEX forgotten_space ON forgotten (platform, space);

INSERT INTO meta VALUES ('secret', lower(hex(randomblob(32))));
