"""The backend believes in a graphical editor: talk of buttons goes, content stays, the action is
done by us.

Text is taken apart into lines, sentences and clauses; each clause is content or button talk, in
English or Chinese. In doubt it is content: a sentence too many does less harm than one lost.
Source: docs/backend.md 12.3 and D36."""

from dataclasses import dataclass

from core.nemo.gui.actions import GuiAction
from core.nemo.gui.clauses import Place, reduced
from core.nemo.gui.lines import Line, joined, split, without_editor, without_idle_headings

__all__ = ["GuiAction", "Translated", "translate"]


@dataclass(frozen=True, slots=True)
class Translated:
    """Text without button talk ("" if nothing is left), and the actions in order, each once."""

    text: str
    actions: tuple[GuiAction, ...]


def translate(text: str) -> Translated:
    """Take button talk out of what the backend said. Text without any comes back as it was."""
    text = without_editor(text)
    place = Place()
    lines = [
        Line(line.mark, line.text, line.end, reduced(line.text, place)) for line in split(text)
    ]
    if not place.found:
        return Translated(text, ())
    return Translated(joined(without_idle_headings(lines)), tuple(dict.fromkeys(place.actions)))
