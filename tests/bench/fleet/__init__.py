"""Many invented schools on a real Prefect server with PostgreSQL and Redis."""
