"""A NemoVideo look-alike for this machine: the same HTTP, invented intelligence, real videos."""
