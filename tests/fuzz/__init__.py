"""What must hold for any bytes at all: one function a way in, for hypothesis and `python -m
tests.fuzz`."""
