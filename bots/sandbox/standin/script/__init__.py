"""A plan as the beats of a turn, and every way in which a turn can go wrong as a change of those
beats."""

from bots.sandbox.standin.script.performance import Beats as Beats
from bots.sandbox.standin.script.performance import Turn as Turn
from bots.sandbox.standin.script.performance import perform as perform
from bots.sandbox.standin.script.performance import priced as priced
from bots.sandbox.standin.script.performance import works as works
from bots.sandbox.standin.script.spoilers import spoil as spoil
