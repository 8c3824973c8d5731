"""The soak: a bot under steady load for an hour, and whether it grows."""
