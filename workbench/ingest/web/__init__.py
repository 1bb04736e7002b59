"""Pages of the web: only addresses that a person named, only public hosts, within limits."""

from __future__ import annotations

from workbench.ingest.web.fetch import Fetched, Fetcher, FetchOptions

__all__ = ["FetchOptions", "Fetched", "Fetcher"]
