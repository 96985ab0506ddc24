"""Everything the program says, by code and language. One table per room, so that wording is reviewed in one place."""
