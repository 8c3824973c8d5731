"""Whether one more paid request is possible: the limits of the hour and the day, and the budgets
where the operator pays."""

from core.domain import admission, budgets
from core.domain.admission import Verdict
from core.domain.conversation.chat import Context
from core.domain.requests import Payer, Plan
from core.messages import Inbound


def afforded(context: Context, inbound: Inbound, now: float, plan: Plan = Plan.MAKE) -> Verdict:
    """Asked before anything is begun. What it really costs is asked for once more before it is
    paid."""
    limits = admission.afford(context.settings, context.space, context.spent, now)
    if not limits.allowed or not _operator_pays(context):
        return limits
    charged, group = context.charged, bool(inbound.place.space)
    in_force = budgets.in_force(context.settings, charged, group=group, now=now)
    return budgets.permit(in_force, charged.price(plan))


def _operator_pays(context: Context) -> bool:
    """Whether nobody else can: neither the person nor whose token the project was made with."""
    project = context.chat.project
    others = context.charged.own or (project is not None and project.payer is not Payer.OPERATOR)
    return context.settings.operator_alone and not others
