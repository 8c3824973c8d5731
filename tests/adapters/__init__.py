"""Adapters for platforms that exist in tests alone."""
