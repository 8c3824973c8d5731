"""What the Discord adapter reads from the environment."""

from core.net import checked_address
from core.settings import FromEnvironment, ServiceAddress, Token, checks, variable


class Settings(FromEnvironment):
    """Discord's variables."""

    discord_bot_token: Token = variable(
        default=None,
        description="Your Discord bot's token, from the Developer Portal",
        examples=["MTA….G….…"],
    )
    discord_api_url: ServiceAddress = variable(
        default="https://discord.com/api/v10",
        description="Discord's REST API",
        examples=["https://discord.com/api/v10"],
    )
    discord_gateway_url: str = variable(
        default="",
        description="Discord's gateway; empty: as Discord itself says",
        examples=["wss://gateway.discord.gg/"],
    )
    discord_shards: int | None = variable(
        default=None,
        ge=1,
        le=1000,
        description="Number of gateway connections; empty: as Discord recommends",
        examples=["2"],
    )

    discord_threads: bool = variable(
        default=False,
        description="1: each request in a channel of a server gets a thread of its own",
        examples=["1"],
    )

    @checks("discord_gateway_url")
    @classmethod
    def _socket(cls, value: str) -> str:
        if value:
            checked_address(
                value.partition("?")[0], ("wss", "ws")
            )  # people copy it with its query, which is made anew
        return value
