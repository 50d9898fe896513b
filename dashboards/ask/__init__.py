"""The Data Protection Officer's own questions, in SQL: one reading statement, answered in a process of its own."""
