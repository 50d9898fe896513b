"""Ours beside its peers, on the same data in the same run; speed as ratios only."""
