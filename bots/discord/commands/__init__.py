"""Everything that people use instead of typing: slash commands, the menu on a message, forms and
buttons."""

from bots.discord.commands.buttons import to_items as to_items
from bots.discord.commands.forms import read as read
from bots.discord.commands.interactions import Desk as Desk
from bots.discord.commands.interactions import Use as Use
from bots.discord.commands.sync import sync as sync
from bots.discord.commands.tree import Tree as Tree
