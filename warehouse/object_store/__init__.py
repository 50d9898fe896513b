"""Keeps a school's folder in an object store: encrypted, leased by one worker at a time, put back whole or not."""
