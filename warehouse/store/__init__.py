"""The files: opening, building, loading, compacting a warehouse, and where each file is."""
