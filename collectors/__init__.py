"""All that touches supplier code: repositories in, facts out. Knows no contract and no database."""
