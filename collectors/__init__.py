"""All that touches supplier code: repositories in, facts out; knows no contract and no database."""
