-- Traces that must not stay. Tokens that were taken for words are struck out beside it (core.store.sqlite.files.STEPS).

-- A token that was tried stayed with its request, sealed; one that is still to be tried has a place of its own now.
UPDATE jobs SET body = json_set(
    body, '$.secret', CASE WHEN state = 'open' THEN json_extract(body, '$.facts.words') ELSE '' END, '$.facts.words', ''
) WHERE plan = 'login';

-- One that was sent without /login was taken for words.
DELETE FROM posted WHERE text LIKE '%nmv\_%' ESCAPE '\';

-- The page to register stood where the link of a video stands.
UPDATE jobs SET body = json_set(body, '$.facts.page', json_extract(body, '$.facts.url'), '$.facts.url', '')
    WHERE json_extract(body, '$.facts.blocked');

-- Whoever wrote in the name of a group or channel shared all this with others who did; no one of them can ask for it.
-- When free tokens were handed out still counts.
DELETE FROM jobs WHERE platform = 'telegram' AND user LIKE '-%' AND state != 'open';
DELETE FROM chats WHERE platform = 'telegram' AND user LIKE '-%';
INSERT INTO granted SELECT lower(hex(randomblob(32))), granted FROM accounts
    WHERE platform = 'telegram' AND user LIKE '-%' AND granted > 0
    AND user NOT IN (SELECT user FROM jobs WHERE platform = 'telegram');
DELETE FROM accounts WHERE platform = 'telegram' AND user LIKE '-%'
    AND user NOT IN (SELECT user FROM jobs WHERE platform = 'telegram');
