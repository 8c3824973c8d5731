"""`python -m bots doctor`: looks at everything a bot needs, and changes nothing."""
