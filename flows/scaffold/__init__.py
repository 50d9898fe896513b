"""The files that `audit init` writes for a new school."""
