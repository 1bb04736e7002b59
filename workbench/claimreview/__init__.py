"""Published fact-checks as data: shapes, scales and mappings, parsing."""
