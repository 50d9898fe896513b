"""The invented school, its people, posts and weeks, and the truth of what is to be found of them."""
