"""How fast the bot is and what it takes, each figure beside a bare script that does the same."""
