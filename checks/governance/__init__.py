"""Checks of the school itself: its policy and its registers."""
