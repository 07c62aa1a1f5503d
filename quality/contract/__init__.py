"""The contract and its ledger: from a file to a checked model, with the place of every mistake."""

import os

# pydantic asks every installed package whether it would like to take part: none may, in reading a
# contract, and to ask takes longer than to read it.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
