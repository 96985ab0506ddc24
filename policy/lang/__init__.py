"""The nouns: frozen data that the steps hand to each other. No input or output, no step's algorithm."""
