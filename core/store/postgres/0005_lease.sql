-- Each process is judged by its own lease: one that is told of a longer one than the others is not taken for dead by theirs.

ALTER TABLE workers ADD COLUMN lease DOUBLE PRECISION NOT NULL DEFAULT 5;
