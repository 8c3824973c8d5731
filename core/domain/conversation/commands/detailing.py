"""All that is known of one video, for who wants to look closer: on demand, and free."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, reply
from core.domain.conversation.commands.replies import briefly
from core.domain.replies import buttons, results
from core.messages import Inbound, Single


def details(context: Context, inbound: Inbound, now: float) -> Decision:
    """The *Details* button: the timeline, what the service said, the file and the project."""
    job, private = context.named, inbound.place.private
    if job is None:
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.again_gone"),))
    said = results.details(job, private=private)
    opening = buttons.opening(context.chat.project, job.language, now) if private else ()
    pages = tuple(button for row in (*buttons.file_of(job), *opening) for button in row)
    other = buttons.among_details(job) if job.video else ()
    rows = (*((pages,) if pages else ()), *other)
    post = reply(context, inbound, "", *rows).saying(said.text, said.spans)
    return Decision(context.chat, posts=(replace(post, manner=Single(silent=True)),))
