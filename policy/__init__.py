"""A compliance checker with a rule language of its own."""

__version__ = "0.1.0"
