"""Prefect: the deployed flows, workers and many schools. No other room imports Prefect."""
