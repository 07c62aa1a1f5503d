"""The ledger beside a contract: what the parties wrote since, and what of it counts."""
