"""What we keep: the encrypted warehouse, the views over it, the published copy and the casebook."""
