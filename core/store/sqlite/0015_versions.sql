-- Each change of a project makes a version of it, with its draft as it came; a project stands at one of them.

CREATE TABLE versions (
    session TEXT NOT NULL, number INTEGER NOT NULL, parent INTEGER NOT NULL,
    platform TEXT NOT NULL, user TEXT NOT NULL, job INTEGER NOT NULL, at REAL NOT NULL,
    mark TEXT NOT NULL, words TEXT NOT NULL, files TEXT NOT NULL, draft TEXT NOT NULL,
    PRIMARY KEY (session, number)
);
CREATE INDEX versions_user ON versions (platform, user);
CREATE TABLE projects (
    session TEXT PRIMARY KEY, platform TEXT NOT NULL, user TEXT NOT NULL, shown INTEGER NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX projects_user ON projects (platform, user);

CREATE INDEX projects_at ON projects (at);
