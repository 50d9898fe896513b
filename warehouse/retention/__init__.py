"""Deletes what has outlived its clock, counts it by table and clock, and certifies it."""
