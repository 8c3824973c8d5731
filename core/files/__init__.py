"""Files of this machine: those that nobody else may read, and those that an operator has
written."""
