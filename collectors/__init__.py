"""All that touches supplier code and other systems: facts and records out of their bytes. Knows no
contract and no database."""
