"""ast → ir: names, types, citations, cycles."""
