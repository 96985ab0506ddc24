"""raw tables → typed facts with provenance."""
