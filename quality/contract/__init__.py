"""The contract and its ledger: from a file to a checked model, with the place of every mistake."""
