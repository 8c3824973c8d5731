-- A message holds what it says in one part: text, buttons, and what is set apart. Whether it may be there already is a
-- matter of the try, and known by its claims.

UPDATE outbox SET body = json_remove(
    json_set(
        body,
        '$.words', json_object(
            'text', json_extract(body, '$.text'),
            'buttons', json(coalesce(json_extract(body, '$.buttons'), '[]')),
            'spans', json(coalesce(json_extract(body, '$.spans'), '[]'))
        )
    ),
    '$.text', '$.buttons', '$.spans', '$.again'
);
