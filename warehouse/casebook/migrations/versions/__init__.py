"""One migration per file, `mNNNN_<what it does>.py`, the first of them the baseline; released ones are never edited."""
