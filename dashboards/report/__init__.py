"""What people read of a run: pages, tables and a manifest, from the published copy alone."""

from dashboards.report.manifest import Manifest, differences, read_manifest
from dashboards.report.model import ReportError, Tier
from dashboards.report.write import write_report, write_run

__all__ = ["Manifest", "ReportError", "Tier", "differences", "read_manifest", "write_report", "write_run"]
