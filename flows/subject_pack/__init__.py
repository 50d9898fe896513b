"""Gathers what every store holds about one subject."""
