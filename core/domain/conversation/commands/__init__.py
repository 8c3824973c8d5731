"""Commands and buttons: what each one does, without any reading of words (D37)."""

from core.domain.conversation.commands.accounts import log_in as log_in
from core.domain.conversation.commands.again import once_more as once_more
from core.domain.conversation.commands.obeying import obey as obey
from core.domain.conversation.commands.obeying import told_aside as told_aside
from core.domain.conversation.commands.obeying import unnamed as unnamed
from core.domain.conversation.commands.presets import look_named as look_named
from core.domain.conversation.commands.replies import not_yours as not_yours
from core.domain.conversation.commands.replies import owns as owns
from core.domain.conversation.commands.replies import too_many as too_many
from core.domain.conversation.commands.table import COMMAND_ROWS as COMMAND_ROWS
from core.domain.conversation.commands.table import SPECS as SPECS
from core.domain.conversation.commands.table import Menu as Menu
from core.domain.conversation.commands.table import Readers as Readers
from core.domain.conversation.commands.table import Spec as Spec
from core.domain.conversation.commands.table import command_menu as command_menu
from core.domain.conversation.commands.table import operators_menu as operators_menu
