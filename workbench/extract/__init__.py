"""Text to claims with spans: pure, no store, no screen, no clock."""

from __future__ import annotations

from workbench.extract.output import to_json
from workbench.extract.reading import READING, extract, sentence_scores

__all__ = ["READING", "extract", "sentence_scores", "to_json"]
