"""Turns evidence about each candidate into log-odds (bits), probabilities and a ranking."""
