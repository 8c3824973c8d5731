"""Commands for those whom ADMINS names: of everybody else they are words like any others."""

from dataclasses import replace

from core.domain.admission import named
from core.messages import OPERATING, Called, Command, Inbound, Pressed, Said
from core.settings import Limits


def estranged(inbound: Inbound, limits: Limits) -> Inbound:
    """The same, as it is of somebody who has no such commands. A platform that shows what there is
    for a word that it does not know has done so before."""
    if inbound.command not in OPERATING or operates(inbound, limits):
        return inbound
    match inbound.happened:
        case Called(command=command, text=text, attachments=files, album=album):
            words = Said(f"/{command} {text}".strip(), files, album=album)
            return replace(inbound, happened=words)
        case _:  # a button: nobody was ever shown one
            return replace(inbound, happened=Pressed(Command.HELP))


def operates(inbound: Inbound, limits: Limits) -> bool:
    """Whether ADMINS names who it comes from; somebody whom the platform hides is nobody."""
    return not inbound.sender.masked and named(limits.admins, inbound, inbound.user)
