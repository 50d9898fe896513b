"""Rule lists, and the patterns made of their phrases."""
