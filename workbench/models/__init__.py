"""Packaged models: weights, metadata and card of each, and the one loader."""
