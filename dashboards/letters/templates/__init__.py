"""The wording of the letters: plain text, one line for each paragraph, so that it can be pasted anywhere."""
