"""Deletes what has outlived its retention period, and says what is about to."""
