-- Photos that people add to a group's reel are found by their age when that is over.

CREATE INDEX shares_at ON shares (at);
