"""The exceptions as tables for spreadsheets and programs: CSV, JSON and a workbook."""
