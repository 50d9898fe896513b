"""Lets the audit run every week by what the machine has: systemd's timers, cron, or Prefect."""
