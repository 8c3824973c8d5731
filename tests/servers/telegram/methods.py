"""The methods of the Bot API that the fake knows, each as strict as the real server."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.servers.telegram.world import (
    BOT_ID,
    GENERAL,
    Chat,
    Form,
    Post,
    Refused,
    Upload,
    World,
    now,
    photo_sizes,
    utf16,
)

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a "
    "current content and reply markup of the message"
)
WRONG_FILE = "Bad Request: wrong file identifier/HTTP URL specified"


def get_me(world: World, form: Form) -> Any:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
    }


def send_message(world: World, form: Form) -> Any:
    chat = _target(world, form)
    text = _text(form)
    post = _post(
        world, form, chat, {"text": text} | _entities(form, "entities", text) | _keyboard(form)
    )
    return world.shown(world.add(post))


def send_video(world: World, form: Form) -> Any:
    chat = _target(world, form)
    body: dict[str, Any] = _captioned(form)
    upload = form.upload("video")
    if upload is None:
        file = world.files.get(form.text("video"))
        if file is None or file.kind != "video":
            raise Refused(400, WRONG_FILE)
    else:
        _size(world, upload.data)
        if "." not in upload.name or not upload.mime.startswith("video/"):
            world.violations.append(
                f"sendVideo: the part is called {upload.name} and typed {upload.mime}"
            )
        file = world.store("video", upload.data, upload.name, upload.mime)
    body["video"] = {
        "file_id": file.id,
        "file_unique_id": file.unique,
        "file_size": file.size,
        "file_name": file.name,
        "mime_type": file.mime,
        "width": form.number("width") or 320,
        "height": form.number("height") or 320,
        "duration": form.number("duration") or 0,
    }
    post = _post(world, form, chat, body | _keyboard(form))
    post.video = file.data
    post.thumbnail = _thumbnail(world, form.upload("thumbnail"))
    post.cover = _cover(world, form)
    post.body["video"] |= {"cover": photo_sizes(world, b"", 0)} if post.cover else {}
    if upload and not form.flag("supports_streaming"):
        world.violations.append("sendVideo without supports_streaming")
    return world.shown(world.add(post))


def send_document(world: World, form: Form) -> Any:
    chat = _target(world, form)
    upload = form.upload("document")
    if upload is None:
        raise Refused(400, WRONG_FILE)
    _size(world, upload.data)
    file = world.store("document", upload.data, upload.name, upload.mime)
    shown = {"file_id": file.id, "file_unique_id": file.unique, "file_size": file.size}
    body: dict[str, object] = {"document": shown | {"file_name": file.name, "mime_type": file.mime}}
    body |= _captioned(form)
    post = _post(world, form, chat, body | _keyboard(form))
    post.document = file.data
    return world.shown(world.add(post))


def send_animation(world: World, form: Form) -> Any:
    chat = _target(world, form)
    upload = form.upload("animation")
    if upload is None:
        raise Refused(400, WRONG_FILE)
    _size(world, upload.data)
    if not upload.data.startswith(b"GIF8") or upload.mime != "image/gif":
        world.violations.append(f"sendAnimation: {upload.name} is typed {upload.mime}")
    file = world.store("animation", upload.data, upload.name, upload.mime)
    shown = {"file_id": file.id, "file_unique_id": file.unique, "file_size": file.size}
    moving = shown | {"width": 320, "height": 320, "duration": 0, "mime_type": file.mime}
    body: dict[str, object] = {"animation": moving, "document": shown} | _captioned(form)
    post = _post(world, form, chat, body | _keyboard(form))
    post.animation = file.data
    return world.shown(world.add(post))


def send_photo(world: World, form: Form) -> Any:
    chat = _target(world, form)
    upload = form.upload("photo")
    if upload is None:
        raise Refused(400, WRONG_FILE)
    if len(upload.data) > 10_000_000 or not upload.data.startswith((b"\xff\xd8", b"\x89PNG")):
        raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
    body: dict[str, object] = {"photo": photo_sizes(world, upload.data, 0)} | _captioned(form)
    post = _post(world, form, chat, body | _keyboard(form))
    post.photo = upload.data
    return world.shown(world.add(post))


def send_media_group(world: World, form: Form) -> Any:
    if not 2 <= len(form.nested("media") or []) <= 10:
        raise Refused(400, "Bad Request: there must be 2-10 items in a media group")
    raise Refused(400, "Bad Request: albums are not sent by this bot")


def edit_message_text(world: World, form: Form) -> Any:
    post = _own(world, form)
    text = _text(form)
    if "text" not in post.body:
        raise Refused(400, "Bad Request: there is no text in the message to edit")
    change = {"text": text} | _entities(form, "entities", text) | _keyboard(form)
    return _edit(world, post, change, keep=())


def edit_message_caption(world: World, form: Form) -> Any:
    post = _own(world, form)
    if "video" not in post.body:
        raise Refused(400, "Bad Request: there is no caption in the message to edit")
    return _edit(world, post, _captioned(form) | _keyboard(form), keep=("video",))


def edit_message_reply_markup(world: World, form: Form) -> Any:
    post = _own(world, form)
    return _edit(
        world,
        post,
        _keyboard(form),
        keep=("text", "entities", "caption", "caption_entities", "video"),
    )


def delete_message(world: World, form: Form) -> Any:
    _own(world, form, "Bad Request: message to delete not found").deleted = True
    return True


def send_chat_action(world: World, form: Form) -> Any:
    chat = world.chat(form.number("chat_id") or 0)
    thread, action = form.number("message_thread_id"), form.text("action")
    if action not in ACTIONS:
        raise Refused(400, "Bad Request: wrong parameter action in request")
    if thread is not None and not (chat.forum and thread in {GENERAL, *chat.topics}):
        raise Refused(400, "Bad Request: message thread not found")
    world.actions.append((chat.id, thread, action))
    return True


def answer_callback_query(world: World, form: Form) -> Any:
    query, text = form.text("callback_query_id"), form.text("text")
    if world.queries.get(query, "") is not None:
        words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        raise Refused(400, words)
    if utf16(text) > 200:
        raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
    world.queries[query] = text
    return True


def get_file(world: World, form: Form) -> Any:
    file = world.files.get(form.text("file_id"))
    if file is None:
        raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    if world.download_limit is not None and file.size > world.download_limit:
        raise Refused(400, "Bad Request: file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique,
        "file_size": file.size,
        "file_path": file.path,
    }


def get_chat_member(world: World, form: Form) -> Any:
    chat, user = world.chat(form.number("chat_id") or 0), form.number("user_id")
    person = (
        world.bot if user == BOT_ID else {"id": user, "is_bot": False, "first_name": "Somebody"}
    )
    if user not in chat.admins:
        return {"status": "member", "user": person}
    rights = dict.fromkeys(
        (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
            "can_post_stories",
            "can_edit_stories", "can_delete_stories",
        ),
        False,
    )  # fmt: skip
    return {"status": "administrator", "user": person, **rights}


def set_webhook(world: World, form: Form) -> Any:
    url = form.text("url")
    port = re.match(r"https://[^/:]+(?::(\d+))?(/|$)", url)
    if port is None or port[1] not in (None, "443", "80", "88", "8443"):
        raise Refused(
            400,
            "Bad Request: bad webhook: an HTTPS URL on port 80, 88, 443 or 8443 must be provided",
        )
    secret = form.text("secret_token")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise Refused(400, "Bad Request: secret token contains unallowed characters")
    _allow(world, form)
    _drop_pending(world, form)
    world.webhook = {"url": url, "secret": secret}
    return True


def delete_webhook(world: World, form: Form) -> Any:
    _drop_pending(world, form)
    world.webhook = {"url": ""}
    return True


def get_webhook_info(world: World, form: Form) -> Any:
    waiting = sum(not update.confirmed for update in world.updates)
    return {
        "url": world.webhook["url"],
        "has_custom_certificate": False,
        "pending_update_count": waiting,
        **{name: told for name, told in world.webhook.items() if name not in ("url", "secret")},
    }


def set_my_commands(world: World, form: Form) -> Any:
    _check_scope(world, form)
    commands = form.nested("commands")
    if len(commands) > 100:
        raise Refused(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile["commands", _scope(form), _language(form)] = commands
    return True


def get_my_commands(world: World, form: Form) -> Any:
    _check_scope(world, form)
    return world.profile.get(("commands", _scope(form), _language(form)), [])


def delete_my_commands(world: World, form: Form) -> Any:
    world.profile.pop(("commands", _scope(form), _language(form)), None)
    return True


def set_chat_menu_button(world: World, form: Form) -> Any:
    world.profile["menu button"] = form.nested("menu_button")
    return True


def _setter(name: str, limit: int) -> Callable[[World, Form], Any]:
    def set_it(world: World, form: Form) -> Any:
        if len(form.text(name)) > limit:
            raise Refused(400, f"Bad Request: {name} is too long")
        world.profile[name, _language(form)] = form.text(name)
        return True

    return set_it


def _getter(name: str) -> Callable[[World, Form], Any]:
    return lambda world, form: {name: world.profile.get((name, _language(form)), "")}


METHODS: dict[str, Callable[[World, Form], Any]] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendVideo": send_video,
    "sendDocument": send_document,
    "sendAnimation": send_animation,
    "sendPhoto": send_photo,
    "sendMediaGroup": send_media_group,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "getChatMember": get_chat_member,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "setMyDescription": _setter("description", 512),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description", 120),
    "getMyShortDescription": _getter("short_description"),
}
"""getUpdates is answered by the server itself, since it waits."""


def _target(world: World, form: Form) -> Chat:
    """The chat to post in, with the thread and the message to reply to checked as the real server
    does."""
    chat = world.chat(form.number("chat_id") or 0)
    thread = form.number("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise Refused(400, "Bad Request: message thread not found")
    reply = form.nested("reply_parameters")
    if (
        reply
        and not reply.get("allow_sending_without_reply")
        and not world.post(chat.id, reply["message_id"])
    ):
        raise Refused(400, "Bad Request: message to be replied not found")
    if form.text("parse_mode"):
        world.violations.append("the fake reads no markup: send plain text")
    return chat


def _post(world: World, form: Form, chat: Chat, body: dict[str, Any]) -> Post:
    reply = form.nested("reply_parameters") or {}
    return Post(
        id=world.number("post"),
        chat=chat,
        sender=world.bot,
        body=body | _preview(form),
        date=now(),
        thread=form.number("message_thread_id"),
        reply_to=reply.get("message_id"),
        silent=form.flag("disable_notification"),
    )


def _preview(form: Form) -> dict[str, Any]:
    options = form.nested("link_preview_options")
    return {"link_preview_options": options} if options else {}


def _own(world: World, form: Form, missing: str = "Bad Request: message to edit not found") -> Post:
    chat = world.chat(form.number("chat_id") or 0)
    post = world.post(chat.id, form.number("message_id") or 0)
    if post is None:
        raise Refused(400, missing)
    if not post.by_bot:
        raise Refused(400, "Bad Request: message can't be edited")
    return post


def _edit(world: World, post: Post, change: dict[str, Any], keep: tuple[str, ...]) -> Any:
    before = {name: value for name, value in post.body.items() if name != "link_preview_options"}
    after = {name: value for name, value in before.items() if name in keep} | change
    if before == after:
        raise Refused(400, NOT_MODIFIED)
    post.body = after
    post.edits += 1
    world.changed()
    return world.shown(post)


def _text(form: Form) -> str:
    text = form.text("text")
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if utf16(text) > 4096:
        raise Refused(400, "Bad Request: message is too long")
    return text


def _caption(form: Form) -> str:
    if utf16(form.text("caption")) > 1024:
        raise Refused(400, "Bad Request: message caption is too long")
    return form.text("caption")


def _captioned(form: Form) -> dict[str, Any]:
    caption = _caption(form)
    return {"caption": caption} | _entities(form, "caption_entities", caption) if caption else {}


ENTITY_TYPES = (
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "code", "pre",
    "expandable_blockquote", "text_link", "url",
)  # fmt: skip


def _entities(form: Form, name: str, text: str) -> dict[str, Any]:
    """What is set apart; refused where it does not lie in the text, character for character."""
    given = form.nested(name) or []
    whole = text.encode("utf-16-le")
    for entity in given:
        start, stop = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        if entity["type"] not in ENTITY_TYPES:
            raise Refused(400, "Bad Request: can't parse entities: unsupported type")
        if not 0 <= start < stop <= len(whole):
            raise Refused(400, "Bad Request: entity ends after the end of the text")
        try:
            whole[start:stop].decode("utf-16-le")
        except UnicodeDecodeError:
            raise Refused(
                400, "Bad Request: entity begins in a middle of a UTF-16 symbol"
            ) from None
    if len(given) > 100:
        raise Refused(400, "Bad Request: too many entities")
    return {name: given} if given else {}


def _keyboard(form: Form) -> dict[str, Any]:
    markup = form.nested("reply_markup")
    if not markup or not markup["inline_keyboard"]:
        return {}
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > 100 or any(len(row) > 8 for row in markup["inline_keyboard"]):
        raise Refused(400, "Bad Request: BUTTONS_TOO_MUCH")
    for button in buttons:
        if not button["text"].strip():
            raise Refused(400, "Bad Request: inline keyboard button text must be non-empty")
        if len(set(button) & {"url", "callback_data", "web_app", "login_url", "copy_text"}) != 1:
            raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": markup}


def _size(world: World, data: bytes) -> None:
    if len(data) > world.upload_limit:
        raise Refused(413, "Request Entity Too Large")
    if not data:
        raise Refused(400, "Bad Request: file must be non-empty")


def _thumbnail(world: World, upload: Upload | None) -> bytes | None:
    """The real server silently ignores a thumbnail that breaks the rules; here that is a
    violation."""
    if upload is None:
        return None
    with Image.open(io.BytesIO(upload.data)) as image:
        if image.format != "JPEG" or max(image.size) > 320 or len(upload.data) >= 200_000:
            world.violations.append(
                f"a thumbnail of {len(upload.data)} bytes, {image.format}, {image.size}"
            )
    return upload.data


def _cover(world: World, form: Form) -> str:
    cover = form.text("cover")
    if cover and (cover not in world.files or world.files[cover].kind != "photo"):
        raise Refused(400, WRONG_FILE)
    return cover


def _allow(world: World, form: Form) -> None:
    """An unset list keeps the previous setting."""
    if form.nested("allowed_updates") is not None:
        world.allowed = form.nested("allowed_updates")


def _drop_pending(world: World, form: Form) -> None:
    if form.flag("drop_pending_updates"):
        world.violations.append("waiting updates were dropped")


def _scope(form: Form) -> str:
    return json.dumps(form.nested("scope") or {"type": "default"}, sort_keys=True)


def _check_scope(world: World, form: Form) -> None:
    scope = form.nested("scope") or {}
    if scope.get("type") == "chat" and int(scope["chat_id"]) not in world.chats:
        raise Refused(400, "Bad Request: chat not found")


def _language(form: Form) -> str:
    return form.text("language_code")
