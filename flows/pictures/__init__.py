"""Between pulling and judging: which approved photograph each posted picture shows."""
