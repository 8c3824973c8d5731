-- What goes with the words of a message is one thing: a video, a document, or nothing.

UPDATE outbox SET body = json_set(body, '$.media', json(json_extract(body, '$.video')))
    WHERE json_type(body, '$.video') = 'object';
UPDATE outbox SET body = json_set(body, '$.media', json_object('text', json_extract(body, '$.document')))
    WHERE json_type(body, '$.media') IS NULL AND json_extract(body, '$.document') != '';
UPDATE outbox SET body = json_remove(body, '$.video', '$.document');
