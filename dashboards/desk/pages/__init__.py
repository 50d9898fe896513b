"""The desk's pages, but for those of a case."""
