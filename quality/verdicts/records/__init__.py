"""Service levels that count records: what stands of their sources, and what chance may hide."""
