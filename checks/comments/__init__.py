"""Checks of what others write to the official accounts, and of what those write back."""
