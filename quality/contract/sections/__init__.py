"""The sections of a contract: models of what is agreed, each checked by itself."""
