"""Packaged models and their one loader: the only room that runs onnxruntime.

Importing this package costs nothing: numpy, onnxruntime and the weights are loaded on the first call of `tag`.
"""

from workbench.models.loader import ModelInfo, TaggedAttribution, Tagging, info, load, tag

__all__ = ["ModelInfo", "TaggedAttribution", "Tagging", "info", "load", "tag"]
