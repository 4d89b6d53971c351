"""Modules of bluesky-queueserver from which startup code imports."""
