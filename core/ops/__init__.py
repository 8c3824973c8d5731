"""What the operator's side is made of: the log, and what this machine has room for."""
