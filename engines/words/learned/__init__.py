"""The score that was learned from labelled texts, beside the rules."""
