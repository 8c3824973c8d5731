"""The delivery as a plan, without I/O: which ways a message takes, and what comes after each
refusal."""

from bots.discord.delivery.planning.course import Course as Course
from bots.discord.delivery.planning.course import Done as Done
from bots.discord.delivery.planning.course import Failed as Failed
from bots.discord.delivery.planning.course import Post as Post
from bots.discord.delivery.planning.course import State as State
from bots.discord.delivery.planning.course import begin as begin
from bots.discord.delivery.planning.course import post as post
from bots.discord.delivery.planning.course import posted as posted
from bots.discord.delivery.planning.course import taken as taken
from bots.discord.delivery.planning.fallback import Refusal as Refusal
from bots.discord.delivery.planning.fallback import refused as refused
from bots.discord.delivery.planning.looking import asked as asked
from bots.discord.delivery.planning.looking import is_filled_with as is_filled_with
from bots.discord.delivery.planning.looking import is_there as is_there
from bots.discord.delivery.planning.looking import reads as reads
from bots.discord.delivery.planning.looking import unknown_answer as unknown_answer
from bots.discord.delivery.planning.refusals import Blocked as Blocked
from bots.discord.delivery.planning.refusals import Disliked as Disliked
from bots.discord.delivery.planning.refusals import TooBig as TooBig
from bots.discord.delivery.planning.scene import Place as Place
from bots.discord.delivery.planning.scene import Scene as Scene
from bots.discord.delivery.planning.ways import Kind as Kind
from bots.discord.delivery.planning.ways import Way as Way
from bots.discord.delivery.planning.ways import plan as plan
