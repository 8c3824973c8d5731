"""What the operator has set about requests and answers, as decisions take it."""

from core.domain.admission import Rules
from core.domain.conversation import Terms
from core.domain.policy import Confirm
from core.settings import Settings
from core.skills import MB


def rules_of(settings: Settings) -> Rules:
    """Who may ask for how much."""
    return Rules(
        users=settings.allowed_users,
        groups=settings.allowed_groups,
        admins=settings.admins,
        daily_user=settings.daily_per_user,
        daily_group=settings.daily_per_group,
        hourly_user=settings.hourly_per_user,
        hourly_group=settings.hourly_per_group,
        files=settings.files_per_request,
        bytes=settings.mb_per_request * MB,
    )


def terms_of(settings: Settings) -> Terms:
    """How answers are given."""
    return Terms(Confirm(settings.nemo_confirm), settings.files_per_request, settings.nemo_web_url)
