"""Checks about what the school's official accounts have posted."""
