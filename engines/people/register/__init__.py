"""Turns the registers into an index of name parts: who bears which form of a name."""
