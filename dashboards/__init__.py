"""What people see: reports of a run, and the answers to their own questions of the published copy."""
