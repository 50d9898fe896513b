"""The simulated X: API v2 as its published description and its observed manners have it."""
