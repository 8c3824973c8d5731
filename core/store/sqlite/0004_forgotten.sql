-- What /forget leaves behind for a day, so that limits hold: when somebody asked for videos, under a code that only this
-- database can make of who it was. The same secret makes client ids: whoever comes back has their old one.

CREATE TABLE forgotten (
    who TEXT NOT NULL, platform TEXT NOT NULL, space TEXT NOT NULL, created REAL NOT NULL, paid INTEGER NOT NULL
);
CREATE INDEX forgotten_who ON forgotten (who);
CREATE INDEX forgotten_space ON forgotten (platform, space);

INSERT INTO meta VALUES ('secret', lower(hex(randomblob(32))));
