"""The school's own files: which registers are read, how each came out, and what is recorded of them."""
