"""The Python worker: it hosts the RunEngine of a profile and speaks the worker link (docs/worker-link.md)."""
