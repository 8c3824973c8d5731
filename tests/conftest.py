"""Settings of the whole suite: no test may fail because the machine was busy."""

from hypothesis import settings

settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
