-- Whether a message comes first of those of its address and slot, and when it may go if it is among the next of its chat;
-- both are found out anew at every start.

ALTER TABLE outbox ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN ready_at REAL;
-- 0 for first words and results, 1 for a status that changes, 2 for what brings a file.
ALTER TABLE outbox ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET rank = CASE
    WHEN json_type(body, '$.media') = 'object' AND COALESCE(json_extract(body, '$.media.form'), '') != 'link' THEN 2
    WHEN slot != '' AND EXISTS (
        SELECT 1 FROM posted p WHERE p.platform = outbox.platform AND p.chat = outbox.chat
        AND p.thread = outbox.thread AND p.slot = outbox.slot
    ) THEN 1 ELSE 0 END;

DROP INDEX outbox_due;
CREATE INDEX outbox_ready ON outbox (platform, rank, ready_at, id) WHERE ready_at IS NOT NULL;
CREATE INDEX outbox_ready_here ON outbox (platform, chat) WHERE ready_at IS NOT NULL;
CREATE INDEX outbox_first ON outbox (platform, chat, due, id) WHERE first = 1 AND claimed = 0 AND gone = 0;
CREATE INDEX outbox_order ON outbox (platform, chat, thread, slot, first, id) WHERE gone = 0;
CREATE INDEX outbox_holding ON outbox (platform, chat, thread, slot, id) WHERE gone = 0 AND attempts < 8;
CREATE INDEX outbox_claimed ON outbox (platform, chat) WHERE claimed = 1;
CREATE INDEX outbox_claimed_user ON outbox (platform, user) WHERE claimed = 1;
CREATE INDEX outbox_gone_user ON outbox (platform, user) WHERE gone = 1;
CREATE INDEX outbox_gone_place ON outbox (platform, chat, thread) WHERE gone = 1;
CREATE INDEX outbox_created ON outbox (created);
CREATE INDEX outbox_job ON outbox (job);

-- When the message in a slot may be edited again.
ALTER TABLE posted ADD COLUMN again REAL NOT NULL DEFAULT 0;
CREATE INDEX posted_slot ON posted (platform, slot);
