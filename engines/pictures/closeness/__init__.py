"""The last look at what would be approved, with all the pixels that there are."""
