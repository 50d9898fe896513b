"""Lets the audit run every week by what the machine has: systemd's timers, Prefect, or lines for a crontab."""
