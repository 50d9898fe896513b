"""How quick the desk is with many cases and many readers, on two cores."""
