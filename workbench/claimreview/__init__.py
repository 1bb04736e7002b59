"""ClaimReview, schema.org's shape of a published fact-check: reading it as the wild writes it, scales and mappings."""
