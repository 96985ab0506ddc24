"""The command run in a folder of its own, as for the tests of the command line."""

from tests.cli.conftest import bare, run

__all__ = ["bare", "run"]
