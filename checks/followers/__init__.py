"""Checks about who follows or subscribes to the school's official accounts."""
