"""The DuckDB file: facts, snapshots and closed periods, and what is counted over them."""
