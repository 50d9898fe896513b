"""Retention periods: what has outlived them, and what a hold keeps."""
