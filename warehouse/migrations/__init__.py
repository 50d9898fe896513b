"""Numbered SQL, each run once and never edited after release."""
