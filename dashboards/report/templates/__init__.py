"""The pages, and the one style sheet that is written into each of them."""
