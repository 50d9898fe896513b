"""Finds parts of names in a handle, a display name and the start of a bio."""
