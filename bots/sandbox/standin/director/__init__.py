"""Decides what a turn does: which kind it is, what it costs, which tools run, and what is
answered."""

from bots.sandbox.standin.director.deciding import decide as decide
from bots.sandbox.standin.director.deciding import plan as plan
from bots.sandbox.standin.director.deciding import scenes as scenes
from bots.sandbox.standin.director.project import Medium as Medium
from bots.sandbox.standin.director.project import Project as Project
from bots.sandbox.standin.director.turn import Kind as Kind
from bots.sandbox.standin.director.turn import Plan as Plan
from bots.sandbox.standin.director.turn import Stage as Stage
