-- Who is forgotten, and a chat that moves, are found without looking at all there are.

DROP INDEX forgotten_who;
DROP INDEX forgotten_space;
CREATE INDEX forgotten_who ON forgotten (platform, who, created);
CREATE INDEX forgotten_space ON forgotten (platform, space, created);
CREATE INDEX chats_place ON chats (platform, chat);
