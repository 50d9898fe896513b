"""One migration per file, `mNNNN_<what it does>.py`; its tables are its own copy, so that it does the same for ever."""
