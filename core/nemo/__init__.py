"""The door to the video backend: what it says and wants (pure), and the one client that speaks HTTP
to it."""
