"""The two translations, both pure: Update -> Inbound and Outbound -> what the Bot API takes."""

from bots.telegram.translate.attachments import DOWNLOAD_LIMIT as DOWNLOAD_LIMIT
from bots.telegram.translate.attachments import PHOTO as PHOTO
from bots.telegram.translate.attachments import SCHEME as SCHEME
from bots.telegram.translate.attachments import to_file_id as to_file_id
from bots.telegram.translate.entities import to_entities as to_entities
from bots.telegram.translate.inbound import in_part as in_part
from bots.telegram.translate.inbound import to_inbound as to_inbound
from bots.telegram.translate.meant import Me as Me
from bots.telegram.translate.outbound import CAPTION_LIMIT as CAPTION_LIMIT
from bots.telegram.translate.outbound import TEXT_LIMIT as TEXT_LIMIT
from bots.telegram.translate.outbound import action_thread as action_thread
from bots.telegram.translate.outbound import cut as cut
from bots.telegram.translate.outbound import post_thread as post_thread
from bots.telegram.translate.outbound import preview as preview
from bots.telegram.translate.outbound import to_keyboard as to_keyboard
from bots.telegram.translate.outbound import with_link as with_link
from bots.telegram.translate.people import to_its_reader as to_its_reader
from bots.telegram.translate.posts import Kind as Kind
from bots.telegram.translate.posts import as_caption as as_caption
from bots.telegram.translate.posts import as_text as as_text
from bots.telegram.translate.posts import changed_post as changed_post
from bots.telegram.translate.posts import clip_of as clip_of
from bots.telegram.translate.posts import kind_of as kind_of
from bots.telegram.translate.posts import new_post as new_post
from bots.telegram.translate.posts import suspects as suspects
from bots.telegram.translate.posts import to_words as to_words
