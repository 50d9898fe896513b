"""What a run writes: its pages, progress, matches and readings, and what it publishes."""
