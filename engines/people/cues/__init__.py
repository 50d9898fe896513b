"""Reads what a public profile says beside the name: school, year, age, job, family."""
