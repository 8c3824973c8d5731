"""What the Discord adapter reads from the environment."""

from pydantic import Field, field_validator

from core.net.addresses import checked_address
from core.settings import FromEnvironment, ServiceAddress, Token


class Settings(FromEnvironment):
    """Discord's variables."""

    discord_bot_token: Token = Field(
        None,
        description="Your Discord bot's token, from the Developer Portal",
        examples=["MTA….G….…"],
    )
    discord_api_url: ServiceAddress = Field(
        "https://discord.com/api/v10",
        description="Discord's REST API",
        examples=["https://discord.com/api/v10"],
    )
    discord_gateway_url: str = Field(
        "",
        description="Discord's gateway; empty: as Discord itself says",
        examples=["wss://gateway.discord.gg/"],
    )
    discord_shards: int | None = Field(
        None,
        ge=1,
        le=1000,
        description="Number of gateway connections; empty: as Discord recommends",
        examples=["2"],
    )

    discord_threads: bool = Field(
        False,
        description="1: each request in a channel of a server gets a thread of its own",
        examples=["1"],
    )

    @field_validator("discord_gateway_url")
    @classmethod
    def _socket(cls, value: str) -> str:
        if value:
            checked_address(
                value.partition("?")[0], ("wss", "ws")
            )  # people copy it with its query, which is made anew
        return value
