"""When it happens: flows introduce the parts to each other. Only here are Prefect, the clock and the environment."""
