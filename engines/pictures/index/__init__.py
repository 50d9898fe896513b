"""The approved masters, indexed: which of them a posted picture may show."""
