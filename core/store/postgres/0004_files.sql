-- Files that a chat hands out only once, and such as one process makes for another to post: in pieces, as every process can
-- read them.

CREATE TABLE files (
    ref TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL, bytes BYTEA NOT NULL,
    at DOUBLE PRECISION NOT NULL DEFAULT extract(epoch FROM clock_timestamp()), PRIMARY KEY (ref, number)
);
CREATE INDEX files_at ON files (at) WHERE number = 0;
