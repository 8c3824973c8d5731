-- Who is answered no more, under a code without a name: the ban is all that is kept of them.

CREATE TABLE bans (
    who TEXT NOT NULL PRIMARY KEY, platform TEXT NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;
