"""Says in sentences, which name nobody, why somebody may own an account."""
