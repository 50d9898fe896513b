"""The picture engine and its peers on the same files: recall by transform, false links, verdicts, and speed."""
