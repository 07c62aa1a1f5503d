"""Systems without a contract: measured, and held against the open benchmark."""
