"""Who may use the bot, and how much of it."""

from core.settings.fields import variable
from core.settings.reading import UNLIMITED, FromEnvironment, Names


class Limits(FromEnvironment):
    """Who may use the bot, and how much of it. Names are a platform's ids, alone or as
    `telegram:123`; of what is counted, 0 is any number."""

    allowed_users: Names = variable(
        default=frozenset(),
        description="Ids of the users who may use the bot, comma-separated (telegram:123 or 123); "
        "empty: everybody",
        examples=["telegram:123456,discord:987654"],
    )
    allowed_groups: Names = variable(
        default=frozenset(),
        description="Ids of the groups and servers in which the bot works; empty: all",
        examples=["telegram:-100123456"],
    )
    admins: Names = variable(
        default=frozenset(),
        description="Ids of users who may change settings in any group, are told of trouble, and "
        "have commands of their own (docs/operating.md)",
        examples=["telegram:123"],
    )
    daily_per_user: int = variable(
        default=0,
        ge=0,
        le=UNLIMITED,
        description="Videos and edits that one user may ask for in 24 hours; 0: no limit",
        examples=["10"],
    )
    daily_per_group: int = variable(
        default=0,
        ge=0,
        le=UNLIMITED,
        description="Videos and edits that one group may ask for in 24 hours; 0: no limit",
        examples=["50"],
    )
    hourly_per_user: int = variable(
        default=60,
        ge=0,
        le=UNLIMITED,
        description="Requests that one user may begin in an hour; 0: no limit",
        examples=["60"],
    )
    hourly_per_group: int = variable(
        default=300,
        ge=0,
        le=UNLIMITED,
        description="Requests that one group may begin in an hour; 0: no limit",
        examples=["300"],
    )
    budget_user_day: int = variable(
        default=500,
        ge=0,
        le=UNLIMITED,
        description="Credits of NEMO_TOKEN that one user may spend in a day; 0: no limit",
        examples=["500"],
    )
    budget_user_month: int = variable(
        default=3000,
        ge=0,
        le=UNLIMITED,
        description="Credits of NEMO_TOKEN that one user may spend in a month; 0: no limit",
        examples=["3000"],
    )
    budget_group_day: int = variable(
        default=1000,
        ge=0,
        le=UNLIMITED,
        description="Credits of NEMO_TOKEN that one group may spend in a day; 0: no limit",
        examples=["1000"],
    )
    budget_group_month: int = variable(
        default=6000,
        ge=0,
        le=UNLIMITED,
        description="Credits of NEMO_TOKEN that one group may spend in a month; 0: no limit",
        examples=["6000"],
    )
    budget_bot_day: int = variable(
        default=2000,
        ge=0,
        le=UNLIMITED,
        description="Credits of NEMO_TOKEN that all together may spend in a day; 0: no limit",
        examples=["2000"],
    )
    budget_bot_month: int = variable(
        default=20000,
        ge=0,
        le=UNLIMITED,
        description="Credits of NEMO_TOKEN that all together may spend in a month; 0: no limit",
        examples=["20000"],
    )
    files_per_request: int = variable(
        default=20,
        ge=0,
        le=UNLIMITED,
        description="Files of one request; 0: no limit",
        examples=["20"],
    )
    reel_photos: int = variable(
        default=20,
        ge=0,
        le=UNLIMITED,
        description="Photos of one group reel; 0: no limit",
        examples=["20"],
    )
    reel_photos_per_person: int = variable(
        default=10,
        ge=0,
        le=UNLIMITED,
        description="Photos that one person may add to a group reel; 0: no limit",
        examples=["10"],
    )
    mb_per_request: int = variable(
        default=1000,
        ge=0,
        le=UNLIMITED,
        description="Megabytes of all files of one request; 0: no limit",
        examples=["1000"],
    )
