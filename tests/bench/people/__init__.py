"""How well the matcher finds people, on sets of which the truth is known, beside well-known libraries."""
