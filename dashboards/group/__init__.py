"""What a trust or a council reads of many schools: counts by school and clause, and which could not be seen."""
