"""The page in a real browser: what people see and do, on the real bot and the stand-in."""
