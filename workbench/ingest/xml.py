"""Parsing foreign XML: no document type, no entity, nothing read from disk or net."""

from __future__ import annotations

import re
from typing import Any

from workbench.ingest.options import refuse

_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse_xml(data: bytes, name: str, *, recover: bool = False) -> Any:
    """The root element (lxml) of `data`. Raises InputError for what is no XML, or declares a document type."""
    from lxml import etree

    if _TYPE.search(data.replace(b"\x00", b"")):
        raise refuse(name, "its XML declares a document type or entities, which are not followed", "save it anew")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse(
            name, f"its XML is damaged ({_short(str(error))})", "open it in its program and save it anew"
        ) from None
    if root is None:
        raise refuse(name, "its XML is damaged", "open it in its program and save it anew")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, wanted: str) -> str | None:
    """The value of the attribute of that name, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), None)


def _short(words: str) -> str:
    return " ".join(words.split())[:120]
