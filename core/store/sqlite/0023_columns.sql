-- What statements look at stands in a column beside the body: no other database reads this one's JSON.

ALTER TABLE chats ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN news INTEGER NOT NULL DEFAULT 1;
ALTER TABLE chats ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN language TEXT NOT NULL DEFAULT '';
UPDATE chats SET
    private = COALESCE(json_extract(body, '$.private'), 0), news = COALESCE(json_extract(body, '$.news'), 1),
    away = COALESCE(json_extract(body, '$.away'), 0), language = COALESCE(json_extract(body, '$.language'), '');

-- Who pays, why it has failed, and which group reel it is made of (0: none).
ALTER TABLE jobs ADD COLUMN payer TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN why TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN reel INTEGER NOT NULL DEFAULT 0;
UPDATE jobs SET
    payer = COALESCE(json_extract(body, '$.progress.connection.payer'), ''),
    why = COALESCE(json_extract(body, '$.why'), ''), reel = COALESCE(json_extract(body, '$.progress.wish.reel'), 0);
