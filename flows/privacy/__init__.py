"""Data subjects' rights: erase, hold, challenge, the subject pack, letters to families."""
