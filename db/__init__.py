"""Everything that speaks SQL, and nothing else. Importing this package imports no database library."""
