"""One SELECT per view; the path is the name."""
