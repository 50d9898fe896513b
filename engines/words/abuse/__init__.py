"""Threats, slurs and abuse of people."""
