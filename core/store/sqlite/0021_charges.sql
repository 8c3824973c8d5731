-- What requests have cost of the operator's credits, or hold of them while they are under way: one row each, under a code
-- without a name, so that budgets outlast /forget. What admins have raised somebody's budget by stands under the same code.

CREATE TABLE charges (
    job INTEGER PRIMARY KEY, platform TEXT NOT NULL, who TEXT NOT NULL, space TEXT NOT NULL, plan TEXT NOT NULL,
    held INTEGER NOT NULL, at REAL NOT NULL, credits INTEGER
);
CREATE INDEX charges_who ON charges (platform, who, held, at);
CREATE INDEX charges_space ON charges (platform, space, held, at);
CREATE INDEX charges_at ON charges (held, at, credits);

CREATE TABLE raised (platform TEXT NOT NULL, who TEXT NOT NULL, at REAL NOT NULL, credits INTEGER NOT NULL);
CREATE INDEX raised_who ON raised (platform, who, at);
CREATE INDEX raised_at ON raised (at);
