-- A request that waits for a yes to its price lets others past. That is decided with the request, and stands beside it
-- for the queue to see.

ALTER TABLE jobs ADD COLUMN lets_past INTEGER NOT NULL DEFAULT 0;

UPDATE jobs SET lets_past = 1 WHERE step = 'price'
    AND json_extract(body, '$.progress.price.asked') IS TRUE
    AND json_extract(body, '$.progress.price.confirmed') IS NOT TRUE;
