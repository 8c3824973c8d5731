"""What the page says and is told, as JSON, and what that is in the core's words."""

from bots.web.translate.incoming import PLATFORM as PLATFORM
from bots.web.translate.incoming import Malformed as Malformed
from bots.web.translate.incoming import Press as Press
from bots.web.translate.incoming import Said as Said
from bots.web.translate.incoming import Visitor as Visitor
from bots.web.translate.incoming import amended as amended
from bots.web.translate.incoming import chosen as chosen
from bots.web.translate.incoming import pressed as pressed
from bots.web.translate.incoming import said as said
from bots.web.translate.incoming import to_correction as to_correction
from bots.web.translate.incoming import to_press as to_press
from bots.web.translate.incoming import to_said as to_said
from bots.web.translate.outgoing import DOCUMENT as DOCUMENT
from bots.web.translate.outgoing import body_of as body_of
from bots.web.translate.outgoing import chosen_language as chosen_language
from bots.web.translate.outgoing import own_body as own_body
from bots.web.translate.outgoing import shown as shown
from bots.web.translate.outgoing import without_token as without_token
from bots.web.translate.words import SAMPLES as SAMPLES
from bots.web.translate.words import page as page
from bots.web.translate.words import words as words
