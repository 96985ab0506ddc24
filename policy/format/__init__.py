"""ast → text, in either language."""
