"""Trying a part by itself: the engines on files, a new check, the demo."""
