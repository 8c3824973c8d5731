-- A message says in one part for whom it is, in one in what manner it is posted (by itself, as a status, as a line that
-- goes) and in one what it is about.

UPDATE outbox SET body = json_set(
    body,
    '$.to', json_object(
        'address', json(json_extract(body, '$.address')),
        'user', coalesce(json_extract(body, '$.user'), ''),
        'language', coalesce(json_extract(body, '$.language'), 'en'),
        'ticket', json(json_extract(body, '$.ticket')),
        'reply_to', coalesce(json_extract(body, '$.reply_to'), ''),
        'discreet', json(iif(json_extract(body, '$.discreet'), 'true', 'false'))
    ),
    '$.manner', json(CASE
        WHEN json_extract(body, '$.toast') THEN json_object()
        WHEN json_extract(body, '$.slot') != '' THEN json_object(
            'slot', json_extract(body, '$.slot'),
            'silent', json(iif(json_extract(body, '$.silent'), 'true', 'false')),
            'working', json(iif(json_extract(body, '$.working'), 'true', 'false')),
            'card', json(json_extract(body, '$.card'))
        )
        ELSE json_object('silent', json(iif(json_extract(body, '$.silent'), 'true', 'false')))
    END),
    '$.about', json(CASE WHEN json_type(body, '$.job') = 'integer' THEN json_object(
        'job', json_extract(body, '$.job'),
        'last', json(iif(json_extract(body, '$.last'), 'true', 'false'))
    ) END)
);
UPDATE outbox SET body = json_remove(
    body, '$.address', '$.user', '$.language', '$.ticket', '$.reply_to', '$.discreet', '$.toast', '$.slot', '$.silent',
    '$.working', '$.card', '$.job', '$.last'
);
