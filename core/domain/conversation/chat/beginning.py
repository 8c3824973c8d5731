"""A request as it begins, and whose turn it waits for."""

from core.domain.conversation.chat.context import Context
from core.domain.requests import (
    PLANS,
    READ_ONLY,
    Job,
    Plan,
    Progress,
)
from core.messages import (
    Address,
    Inbound,
)


def to_job(context: Context, inbound: Inbound, plan: Plan, progress: Progress, now: float) -> Job:
    """A job for this message, not stored yet. Jobs that change the draft share the chat's lock."""
    return Job(
        id=0,
        lock="" if plan in READ_ONLY else lock_of(inbound.address, inbound.user),
        user=inbound.user,
        address=inbound.address,
        plan=plan,
        step=PLANS[plan][0],
        progress=progress,
        language=context.chat.speaks,
        skill=context.skill.slug,
        due=now,
        created=now,
        private=inbound.place.private,
        reply_to="" if inbound.place.private else inbound.message,
        ticket=inbound.ticket,
        space=inbound.place.space,
        aside=inbound.place.aside,
        about=context.about,
    )


def lock_of(address: Address, user: str) -> str:
    """One user at one address: their requests run one after the other."""
    return "/".join((address.platform, address.chat, address.thread, user))
