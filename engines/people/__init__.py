"""Who an account may belong to: registers and public profiles in, matches out; no database, no clock."""
