"""Writes the report an officer reads."""
