BEGIN TRANSACTION;
CREATE TABLE accounts (
    user TEXT NOT NULL, platform TEXT NOT NULL,
    client_id TEXT NOT NULL, token TEXT NOT NULL DEFAULT '', expires REAL NOT NULL DEFAULT 0,
    granted REAL NOT NULL DEFAULT 0, anonymous TEXT NOT NULL DEFAULT '', own TEXT NOT NULL DEFAULT '', egress TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (platform, user)
) WITHOUT ROWID;
INSERT INTO "accounts" VALUES('user-1','fake','1291f220-b0a9-411d-885b-f8eb151ac2be','gAAAAABrAXLZvddNR_1sxuyDV0Qob3JywxH5ulNzNF5ayvqyyd4Q0Ol4JyCjLfZJ3WRYcLf6Faq4SX848TpPuGQHsxmTD90A9b5KULIay77dXTH1HK-BLftcAIZWOcAyBW4DwcJ7riSuMS1AiLtnRWxFKu6AygoMJA==',1.79586184907463693614e+09,1.79525704905730652807e+09,'anon_3debd23947b9e08642476520','','');
INSERT INTO "accounts" VALUES('user-2','fake','40dde73c-5482-41f0-a454-21db7f3bd188','',0.0,0.0,'','','');
INSERT INTO "accounts" VALUES('user-3','fake','6767b979-643a-4968-9e44-6bdbb3b314b4','gAAAAABrAXLa1QIANL-PqXfe7KrEYkWVMuXQFDwsWab96Nm3dCCVr7i3iE1gOEDWnWtXNeoSoIXgcSTA3Mu3careuuCshQJIOBcBVTH7oDtJynNvzWlf_yUSTtLQEU1XmJacRnJCTUvZWx32q4-o6tb8usnHmNlcZw==',1.79586185030451893807e+09,1.79525705030370950703e+09,'anon_4cf7ab6704fa788b7b178f13','','');
INSERT INTO "accounts" VALUES('-1000000000701','telegram','c','',0.0,0.0,'','','');
CREATE TABLE bans (
    who TEXT NOT NULL PRIMARY KEY, platform TEXT NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE charges (
    job INTEGER PRIMARY KEY, platform TEXT NOT NULL, who TEXT NOT NULL, space TEXT NOT NULL, plan TEXT NOT NULL,
    held INTEGER NOT NULL, at REAL NOT NULL, credits INTEGER
);
INSERT INTO "charges" VALUES(1,'fake','a1','g','make',0,1795257050.0,120);
INSERT INTO "charges" VALUES(2,'fake','a1','','edit',0,1795257950.0,30);
INSERT INTO "charges" VALUES(3,'fake','a2','g','make',1,1795257050.0,NULL);
INSERT INTO "charges" VALUES(4,'fake','a2','g','make',2,1795257060.0,80);
CREATE TABLE chats (
    user TEXT NOT NULL, platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
    body TEXT NOT NULL, updated REAL NOT NULL, holds INTEGER NOT NULL DEFAULT 0, private INTEGER NOT NULL DEFAULT 0, news INTEGER NOT NULL DEFAULT 1, away INTEGER NOT NULL DEFAULT 0, language TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (user, platform, chat, thread)
) WITHOUT ROWID;
INSERT INTO "chats" VALUES('user-1','fake','chat-1','','{"user":"user-1","address":{"platform":"fake","chat":"chat-1","thread":""},"language":"","spoken":"en","skill":"","kept":[],"kept_at":1795257050.2534196,"wish":"","wish_at":1795257050.2534196,"project":{"session":"6481891911369680483","task":"d4713d60-c8a7-4639-ab11-67b367a9c378","bind":"anon_3debd23947b9e08642476520","payer":"anonymous","made":true,"asks":false,"maker":1,"claim":"gAAAAABrAXLZ9tJpwWee4UEMc8VSM_lo-RKcMPXbiKGFuGCS9U-7_WIkm9fumbyy2aStt0Oc9q0GzL6mqzKcNkR1agjpMjCItmtAD2HvsBMh7ZardN7MP8Qr_L8HVHFI4VkpWlZd2WJ0","claimed":1795861849.865854},"introduced":true,"told_albums":false,"private":true,"renewed":0.0}',1.79525705025341963767e+09,0,1,1,0,'');
INSERT INTO "chats" VALUES('user-2','fake','chat-1','','{"user":"user-2","address":{"platform":"fake","chat":"chat-1","thread":""},"language":"","spoken":"en","skill":"","kept":[{"ref":"fake:2-0","name":"photo-1.jpg","mime":"","bytes":42399,"width":null,"height":null}],"kept_at":1795257049.9907238,"wish":"","wish_at":1795257049.9907238,"project":null,"introduced":true,"told_albums":false,"private":true,"renewed":0.0}',1.79525704999072384837e+09,1,1,1,0,'');
INSERT INTO "chats" VALUES('user-3','fake','chat-1','','{"user":"user-3","address":{"platform":"fake","chat":"chat-1","thread":""},"language":"","spoken":"en","skill":"","kept":[],"kept_at":1795257050.2994945,"wish":"","wish_at":1795257050.2994945,"project":{"session":"7008198364716411773","task":"fe43c49e-1498-48d1-9759-edc372ae2244","bind":"anon_4cf7ab6704fa788b7b178f13","payer":"anonymous","made":true,"asks":false,"maker":4,"claim":"","claimed":0.0},"introduced":true,"told_albums":false,"private":true,"renewed":0.0}',1795257050.36491,0,1,1,0,'');
INSERT INTO "chats" VALUES('user-4','fake','chat-1','','{"user":"user-4","address":{"platform":"fake","chat":"chat-1","thread":""},"language":"","spoken":"en","skill":"","kept":[],"kept_at":0.0,"wish":"","wish_at":0.0,"project":null,"introduced":true,"told_albums":false,"private":true,"renewed":0.0}',1.79525705036804938312e+09,0,1,1,0,'');
INSERT INTO "chats" VALUES('user-5','fake','chat-5','','{"user":"user-5","address":{"platform":"fake","chat":"chat-5","thread":""},"language":"","spoken":"en","skill":"","kept":[],"kept_at":0.0,"wish":"","wish_at":0.0,"project":null,"introduced":true,"told_albums":false,"private":true,"renewed":0.0}',1.79525705036804938312e+09,0,1,1,0,'');
INSERT INTO "chats" VALUES('user-5','fake','group-1','','{"user":"user-5","address":{"platform":"fake","chat":"group-1","thread":""},"language":"","spoken":"en","skill":"","kept":[],"kept_at":0.0,"wish":"","wish_at":0.0,"project":null,"introduced":true,"told_albums":false,"private":false,"renewed":0.0}',1.79525705036804938312e+09,0,0,1,0,'');
INSERT INTO "chats" VALUES('user-6','fake','chat-1','','{"user": "user-6", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "language": "", "spoken": "en", "skill": "", "kept": [{"ref": "fake:2-0", "name": "photo-1.jpg", "mime": "", "bytes": 42399, "width": null, "height": null}], "kept_at": 1795257049.9907238, "wish": "***", "wish_at": 1795257049.9907238, "project": null, "introduced": true, "told_albums": false, "private": true, "renewed": 0.0}',1795257050.0,1,1,1,0,'');
CREATE TABLE "cursors" (
    platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
    user TEXT NOT NULL, last INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (platform, chat, thread)
) WITHOUT ROWID;
INSERT INTO "cursors" VALUES('fake','chat-1','','user-4',0,1.79525705036804938312e+09);
INSERT INTO "cursors" VALUES('fake','chat-5','','user-5',0,1.79525705036804938312e+09);
INSERT INTO "cursors" VALUES('fake','group-1','','',0,1.79525705036804938312e+09);
CREATE TABLE drafts (
    job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    name TEXT NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (job, name)
);
CREATE TABLE forgotten (
    who TEXT NOT NULL, platform TEXT NOT NULL, space TEXT NOT NULL, created REAL NOT NULL, paid INTEGER NOT NULL
);
CREATE TABLE granted (who TEXT PRIMARY KEY, granted REAL NOT NULL, egress TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
INSERT INTO "granted" VALUES('26a07527e61c19781b5f6e4195e311510447a9a09d33c01239b3cb3dd55022de',1795257049.0,'');
CREATE TABLE held_sums (
    whose TEXT NOT NULL, platform TEXT NOT NULL, name TEXT NOT NULL, held INTEGER NOT NULL, plan TEXT NOT NULL,
    credits INTEGER NOT NULL, unknown INTEGER NOT NULL, PRIMARY KEY (whose, platform, name, held, plan)
) WITHOUT ROWID;
INSERT INTO "held_sums" VALUES('bot','','',1,'make',0,1);
INSERT INTO "held_sums" VALUES('bot','','',2,'make',80,0);
INSERT INTO "held_sums" VALUES('group','fake','g',1,'make',0,1);
INSERT INTO "held_sums" VALUES('group','fake','g',2,'make',80,0);
INSERT INTO "held_sums" VALUES('user','fake','a2',1,'make',0,1);
INSERT INTO "held_sums" VALUES('user','fake','a2',2,'make',80,0);
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lock TEXT NOT NULL, user TEXT NOT NULL, platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
    plan TEXT NOT NULL, space TEXT NOT NULL, ended REAL NOT NULL DEFAULT 0,
    step TEXT NOT NULL, state TEXT NOT NULL, due REAL NOT NULL, notified_at REAL NOT NULL, created REAL NOT NULL,
    version INTEGER NOT NULL DEFAULT 0, claims INTEGER NOT NULL DEFAULT 0, claimed INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL, bundle TEXT NOT NULL, clip TEXT NOT NULL DEFAULT ''
, lets_past INTEGER NOT NULL DEFAULT 0, waits INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0, spent REAL, payer TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '', reel INTEGER NOT NULL DEFAULT 0);
INSERT INTO "jobs" VALUES(1,'fake/chat-1//user-1','user-1','fake','chat-1','','make','',1.79525704987110757823e+09,'link','done',1.79525704987098336218e+09,1.79525704987098336218e+09,1.79525704900028133391e+09,25,0,0,0,'{"id": 1, "lock": "fake/chat-1//user-1", "user": "user-1", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "plan": "make", "step": "link", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "done", "attempts": 0, "claims": 0, "version": 25, "due": 1795257049.8709834, "created": 1795257049.0002813, "notified_at": 1795257049.8709834, "cancelled": false, "private": true, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "turn this into a 2-second video", "lines": 1, "files": [{"ref": "fake:1-0", "name": "photo-1.jpg", "mime": "", "bytes": 44744, "width": null, "height": null}], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": "anonymous", "fresh": true, "session": {"id": "6481891911369680483", "task": "d4713d60-c8a7-4639-ab11-67b367a9c378", "bind": "anon_3debd23947b9e08642476520"}, "resume": null}, "upload": {"parts": [{"name": "1-1.jpg", "mime": "image/jpeg", "bytes": 44744}], "done": true, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": 900, "spent": 100}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": {"fingerprint": "03952233901128831a5878aa95910be183f2a17c87e249f6df13a2aae8de27f3", "draft": "null"}, "reply": {"words": "Your 2-second video is ready on the timeline. I also added music (\"Soft Morning\", 35%); say \"remove the music\" to keep it quiet.", "raw": "Your 2-second video is ready on the timeline. I also added music (\"Soft Morning\", 35%); say \"remove the music\" to keep it quiet. Click the Export button to download it.", "actions": ["export"]}, "changes": {"summary": "• Clip \"photo 1\" added (0-2s)\n• Music \"Soft Morning\" added (0-2s, 35%)\n• Length 2s\n• Frame size 1920×1080", "timeline": "Timeline (2 tracks): 1. Video: photo 1 (0-2s) 2. BGM: Soft Morning (0-2s, 35%)", "unrequested": ["audio"]}, "polls": 0}, "export": {"draft": "{\"t\":[{\"tt\":0,\"id\":\"t_video\",\"sg\":[{\"id\":\"v_1\",\"st\":0,\"d\":2000,\"m\":{\"name\":\"1-1.jpg\",\"src\":\"https://media.example.com/media/5ba97a024204/f7c1bd874da5e709.jpg\",\"kind\":\"image\",\"width\":480,\"height\":320,\"motion\":\"zoom_in\"}}]},{\"tt\":1,\"id\":\"t_music\",\"sg\":[{\"id\":\"a_music\",\"st\":0,\"d\":2000,\"m\":{\"name\":\"Soft Morning\",\"src\":\"library://soft\",\"volume\":0.35,\"kind\":\"music\"}}]}],\"d\":2000,\"m\":{\"width\":1920,\"height\":1080,\"aspect\":\"16:9\",\"fps\":30,\"fades\":true},\"rev\":2,\"uid\":9007199254740995,\"lut\":null,\"sep\":\"a\\u2028b\",\"gain\":0.1}", "pinned": false, "timeline": "Timeline (2 tracks): 1. Video: photo 1 (0-2s) 2. BGM: Soft Morning (0-2s, 35%)", "url": "https://media.example.com/render-result/render_3ecc0374eff84b9bb45a2ffc5c006b96.mp4", "render": {"id": "render_3ecc0374eff84b9bb45a2ffc5c006b96", "number": 1, "waited": 0.5499999999999999, "unconfirmed": false, "polls": 0}, "registration": null}}, "expected": 0.0, "secret": null}','{"items":[{"order":1,"file":{"ref":"fake:1-0","name":"photo-1.jpg","mime":"","bytes":44744,"width":null,"height":null}}],"lines":[{"order":1,"text":"turn this into a 2-second video"}],"album":"","opened":1795257049.0002813,"addressed":true,"amended":"","deliver":false,"anew":false}','',0,0,1,100.0,'anonymous','',0);
INSERT INTO "jobs" VALUES(2,'fake/chat-1//user-2','user-2','fake','chat-1','','make','',1.79525704999072384837e+09,'gather','done',1.79525704999066805836e+09,1.79525704999066805836e+09,1.79525704993818283083e+09,1,0,0,0,'{"id": 2, "lock": "fake/chat-1//user-2", "user": "user-2", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "plan": "make", "step": "gather", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "done", "attempts": 0, "claims": 0, "version": 1, "due": 1795257049.990668, "created": 1795257049.9381828, "notified_at": 1795257049.990668, "cancelled": false, "private": true, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "", "lines": 0, "files": [], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": null, "fresh": false, "session": null, "resume": null}, "upload": {"parts": [], "done": false, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": null, "spent": null}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": null, "reply": {"words": "", "raw": "", "actions": []}, "changes": {"summary": "", "timeline": "", "unrequested": []}, "polls": 0}, "export": {"draft": "", "pinned": false, "timeline": "", "url": "", "render": null, "registration": null}}, "expected": 0.0, "secret": null}','{"items":[{"order":2,"file":{"ref":"fake:2-0","name":"photo-1.jpg","mime":"","bytes":42399,"width":null,"height":null}}],"lines":[],"album":"","opened":1795257049.9381828,"addressed":true,"amended":"","deliver":false,"anew":false}','',0,0,0,NULL,'','',0);
INSERT INTO "jobs" VALUES(3,'fake/chat-1//user-1','user-1','fake','chat-1','','edit','',1.79525705029205322272e+09,'check','done',1.7952570502919888496e+09,1.7952570502919888496e+09,1.79525704999939036366e+09,7,0,0,0,'{"id": 3, "lock": "fake/chat-1//user-1", "user": "user-1", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "plan": "edit", "step": "check", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "done", "attempts": 0, "claims": 0, "version": 7, "due": 1795257050.2919888, "created": 1795257049.9993904, "notified_at": 1795257050.2919888, "cancelled": false, "private": true, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "make it 3 seconds and export", "lines": 1, "files": [], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": "anonymous", "fresh": false, "session": {"id": "6481891911369680483", "task": "d4713d60-c8a7-4639-ab11-67b367a9c378", "bind": "anon_3debd23947b9e08642476520"}, "resume": null}, "upload": {"parts": [], "done": false, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": 890, "spent": 10}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": {"fingerprint": "8cc7f53b54271775563ed96b58f2256411469a9d1198b8cfdf35427396ac8868", "draft": "{\"t\":[{\"tt\":0,\"id\":\"t_video\",\"sg\":[{\"id\":\"v_1\",\"st\":0,\"d\":2000,\"m\":{\"name\":\"1-1.jpg\",\"src\":\"https://media.example.com/media/5ba97a024204/f7c1bd874da5e709.jpg\",\"kind\":\"image\",\"width\":480,\"height\":320,\"motion\":\"zoom_in\"}}]},{\"tt\":1,\"id\":\"t_music\",\"sg\":[{\"id\":\"a_music\",\"st\":0,\"d\":2000,\"m\":{\"name\":\"Soft Morning\",\"src\":\"library://soft\",\"volume\":0.35,\"kind\":\"music\"}}]}],\"d\":2000,\"m\":{\"width\":1920,\"height\":1080,\"aspect\":\"16:9\",\"fps\":30,\"fades\":true},\"rev\":2,\"uid\":9007199254740995,\"lut\":null,\"sep\":\"a\\u2028b\",\"gain\":0.1}"}, "reply": {"words": "The video runs 3 seconds now.", "raw": "The video runs 3 seconds now.", "actions": []}, "changes": {"summary": "• Length 2s → 3s", "timeline": "Timeline (2 tracks): 1. Video: photo 1 (0-3s) 2. BGM: Soft Morning (0-3s, 35%)", "unrequested": []}, "polls": 0}, "export": {"draft": "", "pinned": false, "timeline": "Timeline (2 tracks): 1. Video: photo 1 (0-3s) 2. BGM: Soft Morning (0-3s, 35%)", "url": "", "render": null, "registration": null}}, "expected": 0.0, "secret": null}','{"items":[],"lines":[{"order":3,"text":"make it 3 seconds and export"}],"album":"","opened":1795257049.9993904,"addressed":true,"amended":"","deliver":false,"anew":false}','',0,0,1,10.0,'anonymous','',0);
INSERT INTO "jobs" VALUES(4,'fake/chat-1//user-3','user-3','fake','chat-1','','make','',0.0,'poll','open',1.79525705068205618858e+09,1.79525705063205623631e+09,1.79525705024765157703e+09,17,0,0,0,'{"id": 4, "lock": "fake/chat-1//user-3", "user": "user-3", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "plan": "make", "step": "poll", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "open", "attempts": 0, "claims": 0, "version": 17, "due": 1795257050.6820562, "created": 1795257050.2476516, "notified_at": 1795257050.6320562, "cancelled": false, "private": true, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "turn this into a 2-second video", "lines": 1, "files": [{"ref": "fake:4-0", "name": "photo-1.jpg", "mime": "", "bytes": 44340, "width": null, "height": null}], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": "anonymous", "fresh": true, "session": {"id": "7008198364716411773", "task": "fe43c49e-1498-48d1-9759-edc372ae2244", "bind": "anon_4cf7ab6704fa788b7b178f13"}, "resume": null}, "upload": {"parts": [{"name": "4-1.jpg", "mime": "image/jpeg", "bytes": 44340}], "done": true, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": 900, "spent": 100}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": {"fingerprint": "8d161aacc4265077a152e62c725876091e3f5f3ca824ab6fd461d4b81358f686", "draft": "null"}, "reply": {"words": "Your 2-second video is ready on the timeline. I also added music (\"Soft Morning\", 35%); say \"remove the music\" to keep it quiet.", "raw": "Your 2-second video is ready on the timeline. I also added music (\"Soft Morning\", 35%); say \"remove the music\" to keep it quiet. Click the Export button to download it.", "actions": ["export"]}, "changes": {"summary": "• Clip \"photo 1\" added (0-2s)\n• Music \"Soft Morning\" added (0-2s, 35%)\n• Length 2s\n• Frame size 1920×1080", "timeline": "Timeline (2 tracks): 1. Video: photo 1 (0-2s) 2. BGM: Soft Morning (0-2s, 35%)", "unrequested": ["audio"]}, "polls": 0}, "export": {"draft": "{\"t\":[{\"tt\":0,\"id\":\"t_video\",\"sg\":[{\"id\":\"v_1\",\"st\":0,\"d\":2000,\"m\":{\"name\":\"4-1.jpg\",\"src\":\"https://media.example.com/media/ff7b820865d6/e005b86051ef1922.jpg\",\"kind\":\"image\",\"width\":480,\"height\":320,\"motion\":\"zoom_in\"}}]},{\"tt\":1,\"id\":\"t_music\",\"sg\":[{\"id\":\"a_music\",\"st\":0,\"d\":2000,\"m\":{\"name\":\"Soft Morning\",\"src\":\"library://soft\",\"volume\":0.35,\"kind\":\"music\"}}]}],\"d\":2000,\"m\":{\"width\":1920,\"height\":1080,\"aspect\":\"16:9\",\"fps\":30,\"fades\":true},\"rev\":2,\"uid\":9007199254740995,\"lut\":null,\"sep\":\"a\\u2028b\",\"gain\":0.1}", "pinned": false, "timeline": "Timeline (2 tracks): 1. Video: photo 1 (0-2s) 2. BGM: Soft Morning (0-2s, 35%)", "url": "", "render": {"id": "render_b5c04a7a429a490181795ce03ea13f30", "number": 1, "waited": 0.25, "unconfirmed": false, "polls": 0}, "registration": null}}, "expected": 0.0, "secret": null}','{"items":[{"order":4,"file":{"ref":"fake:4-0","name":"photo-1.jpg","mime":"","bytes":44340,"width":null,"height":null}}],"lines":[{"order":4,"text":"turn this into a 2-second video"}],"album":"","opened":1795257050.2476516,"addressed":true,"amended":"","deliver":false,"anew":false}','',0,0,1,100.0,'anonymous','',0);
INSERT INTO "jobs" VALUES(5,'','user-6','fake','chat-1','','login','',1.79525704999072384837e+09,'verify','failed',1.79525714999066805842e+09,1.79525704999066805836e+09,1.79525704993818283083e+09,1,0,0,0,'{"id": 5, "lock": "", "user": "user-6", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "plan": "login", "step": "verify", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "failed", "attempts": 0, "claims": 0, "version": 1, "due": 1795257049.990668, "created": 1795257049.9381828, "notified_at": 1795257049.990668, "cancelled": false, "private": true, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "", "lines": 0, "files": [], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": null, "fresh": false, "session": null, "resume": null}, "upload": {"parts": [], "done": false, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": null, "spent": null}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": null, "reply": {"words": "", "raw": "", "actions": []}, "changes": {"summary": "", "timeline": "", "unrequested": []}, "polls": 0}, "export": {"draft": "", "pinned": false, "timeline": "", "url": "", "render": null, "registration": null}}, "expected": 0.0, "secret": null}','{"items":[{"order":2,"file":{"ref":"fake:2-0","name":"photo-1.jpg","mime":"","bytes":42399,"width":null,"height":null}}],"lines":[],"album":"","opened":1795257049.9381828,"addressed":true,"amended":"","deliver":false,"anew":false}','',0,0,0,NULL,'','',0);
INSERT INTO "jobs" VALUES(6,'','user-6','fake','chat-1','','login','',1.79525704999072384837e+09,'verify','open',1.79525714999066805842e+09,1.79525704999066805836e+09,1.79525704993818283083e+09,1,0,0,0,'{"id": 6, "lock": "", "user": "user-6", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "plan": "login", "step": "verify", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "open", "attempts": 0, "claims": 0, "version": 1, "due": 1795257049.990668, "created": 1795257049.9381828, "notified_at": 1795257049.990668, "cancelled": false, "private": true, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "", "lines": 0, "files": [], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": null, "fresh": false, "session": null, "resume": null}, "upload": {"parts": [], "done": false, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": null, "spent": null}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": null, "reply": {"words": "", "raw": "", "actions": []}, "changes": {"summary": "", "timeline": "", "unrequested": []}, "polls": 0}, "export": {"draft": "", "pinned": false, "timeline": "", "url": "", "render": null, "registration": null}}, "expected": 0.0, "secret": {"sealed": "gAAAAABrAXLZvddNR_1sxuyDV0Qob3JywxH5ulNzNF5ayvqyyd4Q0Ol4JyCjLfZJ3WRYcLf6Faq4SX848TpPuGQHsxmTD90A9b5KULIay77dXTH1HK-BLftcAIZWOcAyBW4DwcJ7riSuMS1AiLtnRWxFKu6AygoMJA=="}}','{"items":[{"order":2,"file":{"ref":"fake:2-0","name":"photo-1.jpg","mime":"","bytes":42399,"width":null,"height":null}}],"lines":[],"album":"","opened":1795257049.9381828,"addressed":true,"amended":"","deliver":false,"anew":false}','',0,0,0,NULL,'','',0);
INSERT INTO "jobs" VALUES(7,'fake/chat-1//user-6','user-6','fake','chat-1','','edit','',1.79525704999072384837e+09,'check','done',1.79525714999066805842e+09,1.79525704999066805836e+09,1.79525704993818283083e+09,1,0,0,0,'{"id": 7, "lock": "fake/chat-1//user-6", "user": "user-6", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "plan": "edit", "step": "check", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "done", "attempts": 0, "claims": 0, "version": 1, "due": 1795257049.990668, "created": 1795257049.9381828, "notified_at": 1795257049.990668, "cancelled": false, "private": true, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "***", "lines": 0, "files": [], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": null, "fresh": false, "session": null, "resume": null}, "upload": {"parts": [], "done": false, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": null, "spent": null}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": null, "reply": {"words": "", "raw": "", "actions": []}, "changes": {"summary": "", "timeline": "", "unrequested": []}, "polls": 0}, "export": {"draft": "", "pinned": false, "timeline": "", "url": "", "render": null, "registration": null}}, "expected": 0.0, "secret": null}','{"items": [{"order": 2, "file": {"ref": "fake:2-0", "name": "photo-1.jpg", "mime": "", "bytes": 42399, "width": null, "height": null}}], "lines": [{"order": 1, "text": "***\nplease \"now\""}], "album": "", "opened": 1795257049.9381828, "addressed": true, "amended": "", "deliver": false, "anew": false}','',0,0,0,NULL,'','',0);
INSERT INTO "jobs" VALUES(8,'fake/chat-1//user-6','user-6','fake','chat-1','','make','',1.79525704999072384837e+09,'link','failed',1.79525714999066805842e+09,1.79525704999066805836e+09,1.79525704993818283083e+09,1,0,0,0,'{"id": 8, "lock": "fake/chat-1//user-6", "user": "user-6", "address": {"platform": "fake", "chat": "chat-1", "thread": ""}, "plan": "make", "step": "link", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "failed", "attempts": 0, "claims": 0, "version": 1, "due": 1795257049.990668, "created": 1795257049.9381828, "notified_at": 1795257049.990668, "cancelled": false, "private": true, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "a video", "lines": 0, "files": [], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": null, "fresh": false, "session": null, "resume": null}, "upload": {"parts": [], "done": false, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": null, "spent": null}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": null, "reply": {"words": "", "raw": "", "actions": []}, "changes": {"summary": "", "timeline": "", "unrequested": []}, "polls": 0}, "export": {"draft": "", "pinned": false, "timeline": "", "url": "", "render": null, "registration": "https://nemovideo.com/register?bind=anon_3d"}}, "expected": 0.0, "secret": null}','{"items":[{"order":2,"file":{"ref":"fake:2-0","name":"photo-1.jpg","mime":"","bytes":42399,"width":null,"height":null}}],"lines":[],"album":"","opened":1795257049.9381828,"addressed":true,"amended":"","deliver":false,"anew":false}','',0,0,0,NULL,'','',0);
INSERT INTO "jobs" VALUES(10,'telegram/-1000000000701//-1000000000701','-1000000000701','telegram','-1000000000701','','make','',1.79525704999072384837e+09,'check','open',1.79525714999066805842e+09,1.79525704999066805836e+09,1.79525704993818283083e+09,1,0,0,0,'{"id": 10, "lock": "telegram/-1000000000701//-1000000000701", "user": "-1000000000701", "address": {"platform": "telegram", "chat": "-1000000000701", "thread": ""}, "plan": "make", "step": "check", "bundle": {"items": [], "lines": [], "album": "", "opened": 0.0, "addressed": false, "amended": "", "deliver": false, "anew": false}, "language": "en", "skill": "ai-video-generator-from-image", "state": "open", "attempts": 0, "claims": 0, "version": 1, "due": 1795257049.990668, "created": 1795257049.9381828, "notified_at": 1795257049.990668, "cancelled": false, "private": false, "reply_to": "", "ticket": null, "rewinds": 0, "clip": "", "space": "", "aside": null, "progress": {"wish": {"words": "still running", "lines": 0, "files": [], "links": [], "resolution": "", "for_group": false}, "connection": {"payer": null, "fresh": false, "session": null, "resume": null}, "upload": {"parts": [], "done": false, "tries": 0, "unconfirmed": false}, "price": {"asked": false, "confirmed": false, "balance": null, "spent": null}, "turn": {"cut": false, "failed": false, "out_of_credits": false, "snapshot": null, "reply": {"words": "", "raw": "", "actions": []}, "changes": {"summary": "", "timeline": "", "unrequested": []}, "polls": 0}, "export": {"draft": "", "pinned": false, "timeline": "", "url": "", "render": null, "registration": null}}, "expected": 0.0, "secret": null}','{"items":[{"order":2,"file":{"ref":"fake:2-0","name":"photo-1.jpg","mime":"","bytes":42399,"width":null,"height":null}}],"lines":[],"album":"","opened":1795257049.9381828,"addressed":true,"amended":"","deliver":false,"anew":false}','',0,0,0,NULL,'','',0);
CREATE TABLE messages (
    platform TEXT NOT NULL, chat TEXT NOT NULL, message TEXT NOT NULL, job INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (platform, chat, message)
) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('id','bedddb55');
INSERT INTO "meta" VALUES('secret','5f0efcbe6c0a0374c7312f7fe19f0ccb7bee2725558005ff8dc9c1a43d056242');
CREATE TABLE news (
    key TEXT NOT NULL PRIMARY KEY, platform TEXT NOT NULL, user TEXT NOT NULL,
    chat TEXT NOT NULL, thread TEXT NOT NULL, language TEXT NOT NULL,
    words TEXT NOT NULL, state TEXT NOT NULL, at REAL NOT NULL,
    total INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0, unsure INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE news_to (
    platform TEXT NOT NULL, user TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL,
    PRIMARY KEY (platform, user)
) WITHOUT ROWID;
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL, slot TEXT NOT NULL,
    job INTEGER, user TEXT NOT NULL, body TEXT NOT NULL, due REAL NOT NULL, created REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, claims INTEGER NOT NULL DEFAULT 0, claimed INTEGER NOT NULL DEFAULT 0
, gone INTEGER NOT NULL DEFAULT 0, first INTEGER NOT NULL DEFAULT 0, ready_at REAL, rank INTEGER NOT NULL DEFAULT 0);
INSERT INTO "outbox" VALUES(44,'fake','chat-1','','',NULL,'user-4','{"to":{"address":{"platform":"fake","chat":"chat-1","thread":""},"user":"user-4","language":"en","ticket":null,"reply_to":"","discreet":false},"manner":{"silent":false},"about":null,"words":{"text":"Share your still images and I''ll get started on AI video creation. Or just tell me what you''re thinking.\n\nJust send me one or more photos and a sentence about the video you want. I''ll make it and send the MP4 right here.\n\nℹ️ Your photos are processed by NemoVideo''s cloud service. /privacy tells you more.","buttons":[[{"label":"turn my still images into a short animated video","command":"video","job":null,"text":"s0","url":""}],[{"label":"turn this image into a 10-second animated video with smooth motion","command":"video","job":null,"text":"s1","url":""}],[{"label":"export 1080p MP4","command":"video","job":null,"text":"s2","url":""}]],"spans":[]}}',1.79525705108015418056e+09,1.79525705036804938312e+09,1,0,0,0,0,NULL,0);
INSERT INTO "outbox" VALUES(50,'fake','chat-1','','job-4',4,'user-3','{"to":{"address":{"platform":"fake","chat":"chat-1","thread":""},"user":"user-3","language":"en","ticket":null,"reply_to":"","discreet":false},"manner":{"slot":"job-4","silent":true,"working":true,"card":null},"about":{"job":4,"last":false},"words":{"text":"🎞 Rendering 95 %…","buttons":[[{"label":"✖️ Cancel","command":"cancel","job":4,"text":"","url":""}]],"spans":[]}}',1.79525705159643459317e+09,1.7952570506321253777e+09,1,0,0,0,0,NULL,1);
INSERT INTO "outbox" VALUES(51,'fake','group-1','','',NULL,'user-5','{"to":{"address":{"platform":"fake","chat":"group-1","thread":""},"user":"user-5","language":"en","ticket":null,"reply_to":"","discreet":false},"manner":{"silent":false},"about":null,"words":{"text":"The result that nobody could be told.","buttons":[],"spans":[]}}',1.79784905036804938316e+09,1.79525705036804938312e+09,1,0,0,1,0,NULL,0);
CREATE TABLE posted (
    platform TEXT NOT NULL, chat TEXT NOT NULL, thread TEXT NOT NULL, slot TEXT NOT NULL,
    message TEXT NOT NULL, text TEXT NOT NULL, at REAL NOT NULL, again REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (platform, chat, thread, slot)
) WITHOUT ROWID;
INSERT INTO "posted" VALUES('fake','chat-1','','job-1','p1','✅ Done – see below.',1.79525704987423753745e+09,0.0);
INSERT INTO "posted" VALUES('fake','chat-1','','job-2','p3','📷 Got your photo. What shall I make of it? Write a sentence, or tap one:
turn my still images into a short animated video|turn this image into a 10-second animated video with smooth motion|export 1080p MP4',1.79525704999934172627e+09,0.0);
INSERT INTO "posted" VALUES('fake','chat-1','','job-3','p4','✅ Done – see below.',1.79525705029546952251e+09,0.0);
INSERT INTO "posted" VALUES('fake','chat-1','','job-4','p5','🎞 Rendering 0 %…
✖️ Cancel',1.79525705041390204429e+09,0.0);
CREATE TABLE projects (
    session TEXT PRIMARY KEY, platform TEXT NOT NULL, user TEXT NOT NULL, shown INTEGER NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE raised (platform TEXT NOT NULL, who TEXT NOT NULL, at REAL NOT NULL, credits INTEGER NOT NULL);
CREATE TABLE seen (id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
INSERT INTO "seen" VALUES('fake:140402484791952:1',1.79525704900028133391e+09);
INSERT INTO "seen" VALUES('fake:140402484791952:2',1.79525704993818283083e+09);
INSERT INTO "seen" VALUES('fake:140402484791952:3',1.79525704999939036366e+09);
INSERT INTO "seen" VALUES('fake:140402484791952:4',1.79525705024765157703e+09);
INSERT INTO "seen" VALUES('fake:140402484791952:5',1.79525705036804938312e+09);
CREATE TABLE shares (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL, mark TEXT NOT NULL, platform TEXT NOT NULL, user TEXT NOT NULL,
    at REAL NOT NULL, body TEXT NOT NULL, UNIQUE (job, mark)
);
CREATE TABLE spaces (
    platform TEXT NOT NULL, space TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (platform, space)
) WITHOUT ROWID;
CREATE TABLE spent_sums (
    whose TEXT NOT NULL, platform TEXT NOT NULL, name TEXT NOT NULL, span INTEGER NOT NULL, at INTEGER NOT NULL,
    credits INTEGER NOT NULL, PRIMARY KEY (whose, platform, name, span, at)
) WITHOUT ROWID;
INSERT INTO "spent_sums" VALUES('bot','','',900,1795257000,120);
INSERT INTO "spent_sums" VALUES('bot','','',900,1795257900,30);
INSERT INTO "spent_sums" VALUES('bot','','',86400,1795219200,150);
INSERT INTO "spent_sums" VALUES('group','fake','g',900,1795257000,120);
INSERT INTO "spent_sums" VALUES('group','fake','g',86400,1795219200,120);
INSERT INTO "spent_sums" VALUES('user','fake','a1',900,1795257000,120);
INSERT INTO "spent_sums" VALUES('user','fake','a1',900,1795257900,30);
INSERT INTO "spent_sums" VALUES('user','fake','a1',86400,1795219200,150);
CREATE TABLE versions (
    session TEXT NOT NULL, number INTEGER NOT NULL, parent INTEGER NOT NULL,
    platform TEXT NOT NULL, user TEXT NOT NULL, job INTEGER NOT NULL, at REAL NOT NULL,
    mark TEXT NOT NULL, words TEXT NOT NULL, files TEXT NOT NULL, draft TEXT NOT NULL,
    PRIMARY KEY (session, number)
);
CREATE INDEX seen_at ON seen (at);
CREATE INDEX jobs_created ON jobs (created);
CREATE INDEX outbox_address ON outbox (platform, chat, thread, slot, id);
CREATE INDEX posted_at ON posted (at);
CREATE INDEX outbox_user ON outbox (platform, user);
CREATE INDEX jobs_claimed ON jobs (platform, user) WHERE claimed = 1;
CREATE INDEX cursors_user ON cursors (platform, user);
CREATE INDEX messages_at ON messages (at);
CREATE INDEX messages_job ON messages (job);
CREATE INDEX jobs_lock ON jobs (lock, id) WHERE state = 'open' AND lets_past = 0;
CREATE INDEX jobs_open ON jobs (platform, user) WHERE state = 'open';
CREATE INDEX jobs_here ON jobs (platform, chat, thread, user) WHERE state = 'open';
CREATE INDEX jobs_ready ON jobs (step, due, id) WHERE state = 'open' AND claimed = 0 AND waits = 0;
CREATE INDEX jobs_front ON jobs (platform, user) WHERE state = 'open' AND claimed = 0 AND waits != 1;
CREATE INDEX jobs_behind ON jobs (lock, id) WHERE waits = 1;
CREATE INDEX jobs_busy ON jobs (step) WHERE claimed = 1;
CREATE INDEX jobs_over ON jobs (platform, chat, thread, user, id) WHERE state != 'open';
CREATE INDEX jobs_done ON jobs (plan, id, ended, created, spent) WHERE state = 'done';
CREATE INDEX jobs_gathered ON jobs (created) WHERE state != 'open' AND step = 'gather';
CREATE INDEX accounts_granted ON accounts (granted);
CREATE INDEX granted_at ON granted (granted);
CREATE INDEX forgotten_created ON forgotten (created);
CREATE INDEX cursors_at ON cursors (at) WHERE user = '';
CREATE INDEX chats_holding ON chats (platform, user, chat, thread) WHERE holds = 1;
CREATE INDEX versions_user ON versions (platform, user);
CREATE INDEX projects_user ON projects (platform, user);
CREATE INDEX projects_at ON projects (at);
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
CREATE INDEX posted_slot ON posted (platform, slot);
CREATE INDEX shares_user ON shares (platform, user);
CREATE INDEX forgotten_who ON forgotten (platform, who, created);
CREATE INDEX forgotten_space ON forgotten (platform, space, created);
CREATE INDEX chats_place ON chats (platform, chat);
CREATE INDEX shares_at ON shares (at);
CREATE INDEX charges_who ON charges (platform, who, held, at);
CREATE INDEX charges_space ON charges (platform, space, held, at);
CREATE INDEX charges_at ON charges (held, at, credits);
CREATE INDEX raised_who ON raised (platform, who, at);
CREATE INDEX raised_at ON raised (at);
CREATE INDEX news_state ON news (state);
CREATE INDEX news_user ON news (platform, user);
CREATE INDEX outbox_news ON outbox (platform, id) WHERE rank = 3;
CREATE INDEX accounts_egress ON accounts (egress, granted);
CREATE INDEX granted_egress ON granted (egress, granted);
CREATE INDEX spent_sums_at ON spent_sums (at);
CREATE VIEW charge_counts AS SELECT *, 1 AS sign FROM charges;
CREATE TRIGGER charge_counted INSTEAD OF INSERT ON charge_counts BEGIN
    INSERT INTO spent_sums (whose, platform, name, span, at, credits)
    SELECT whose, platform, name, span, CAST(NEW.at AS INTEGER) / span * span, NEW.sign * NEW.credits FROM (
        SELECT 'user' AS whose, NEW.platform AS platform, NEW.who AS name
        UNION ALL SELECT 'group', NEW.platform, NEW.space UNION ALL SELECT 'bot', '', ''
    ), (SELECT 900 AS span UNION ALL SELECT 86400)
    WHERE NEW.held = 0 AND NEW.credits != 0 AND (whose != 'group' OR name != '')
    ON CONFLICT (whose, platform, name, span, at) DO UPDATE SET credits = spent_sums.credits + excluded.credits;
    INSERT INTO held_sums (whose, platform, name, held, plan, credits, unknown)
    SELECT whose, platform, name, NEW.held, NEW.plan, NEW.sign * COALESCE(NEW.credits, 0), NEW.sign * (NEW.credits IS NULL)
    FROM (
        SELECT 'user' AS whose, NEW.platform AS platform, NEW.who AS name
        UNION ALL SELECT 'group', NEW.platform, NEW.space UNION ALL SELECT 'bot', '', ''
    )
    WHERE NEW.held != 0 AND (whose != 'group' OR name != '')
    ON CONFLICT (whose, platform, name, held, plan)
    DO UPDATE SET credits = held_sums.credits + excluded.credits, unknown = held_sums.unknown + excluded.unknown;
    DELETE FROM held_sums WHERE credits = 0 AND unknown = 0 AND held = NEW.held AND plan = NEW.plan AND (
        whose = 'user' AND platform = NEW.platform AND name = NEW.who
        OR whose = 'group' AND platform = NEW.platform AND name = NEW.space
        OR whose = 'bot' AND platform = '' AND name = ''
    );
END;
CREATE TRIGGER charges_more AFTER INSERT ON charges BEGIN
    INSERT INTO charge_counts VALUES
        (NEW.job, NEW.platform, NEW.who, NEW.space, NEW.plan, NEW.held, NEW.at, NEW.credits, 1);
END;
CREATE TRIGGER charges_less AFTER DELETE ON charges BEGIN
    INSERT INTO charge_counts VALUES
        (OLD.job, OLD.platform, OLD.who, OLD.space, OLD.plan, OLD.held, OLD.at, OLD.credits, -1);
END;
CREATE TRIGGER charges_other AFTER UPDATE ON charges
WHEN (OLD.space, OLD.plan, OLD.held, OLD.at) != (NEW.space, NEW.plan, NEW.held, NEW.at) OR OLD.credits IS NOT NEW.credits
BEGIN
    INSERT INTO charge_counts VALUES
        (OLD.job, OLD.platform, OLD.who, OLD.space, OLD.plan, OLD.held, OLD.at, OLD.credits, -1);
    INSERT INTO charge_counts VALUES
        (NEW.job, NEW.platform, NEW.who, NEW.space, NEW.plan, NEW.held, NEW.at, NEW.credits, 1);
END;
CREATE INDEX jobs_of_user ON jobs (platform, user, created, spent);
CREATE INDEX jobs_of_space ON jobs (platform, space, created, spent);
CREATE INDEX jobs_tried_user ON jobs (platform, user, created) WHERE plan IN ('edit', 'make');
CREATE INDEX jobs_tried_space ON jobs (platform, space, created) WHERE plan IN ('edit', 'make');
CREATE INDEX jobs_paid_user ON jobs (platform, user, created)
    WHERE plan IN ('edit', 'make') AND (state = 'open' OR state = 'done' AND sent = 1);
CREATE INDEX jobs_paid_space ON jobs (platform, space, created)
    WHERE plan IN ('edit', 'make') AND (state = 'open' OR state = 'done' AND sent = 1);
CREATE INDEX forgotten_paid_who ON forgotten (platform, who, created) WHERE paid = 1;
CREATE INDEX forgotten_paid_space ON forgotten (platform, space, created) WHERE paid = 1;
CREATE INDEX jobs_under_way ON jobs (id) WHERE state = 'open';
CREATE INDEX jobs_silent ON jobs (notified_at)
    WHERE state = 'open' AND notified_at > 0 AND step != 'gather' AND cancelled = 0 AND waits != 3;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('jobs',10);
INSERT INTO "sqlite_sequence" VALUES('outbox',51);
COMMIT;
