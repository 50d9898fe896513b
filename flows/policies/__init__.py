"""The school's policy: packs listed, checked and drafted, and how each clause stands."""
