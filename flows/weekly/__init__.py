"""The weekly run: pull, match, judge, test itself, publish."""
