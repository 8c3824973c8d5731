-- Which of the operator's outgoing addresses a free token was handed to; "" where there is but one.

ALTER TABLE accounts ADD COLUMN egress TEXT NOT NULL DEFAULT '';
ALTER TABLE granted ADD COLUMN egress TEXT NOT NULL DEFAULT '';
CREATE INDEX accounts_egress ON accounts (egress, granted);
CREATE INDEX granted_egress ON granted (egress, granted);
