"""The labelled posts, comments and profiles, and how well the rule lists read them."""
