"""The result of the merge gate, in every format."""
