"""`python -m policy`."""

from policy.cli import script

script()
