"""What the status port reads from the environment."""

from core.settings import FromEnvironment, variable


class Settings(FromEnvironment):
    """Without a port there is no status."""

    status_port: int | None = variable(
        default=None,
        ge=0,
        le=65535,
        description="Port of health, metrics and the operator's page; empty: none",
        examples=["8090"],
    )
    status_host: str = variable(
        default="127.0.0.1",
        description="Where that port listens; anything but this machine is for a proxy or a "
        "container's own network",
        examples=["127.0.0.1"],
    )
