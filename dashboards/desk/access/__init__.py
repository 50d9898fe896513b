"""Signing in to the desk, and what a request may do."""
