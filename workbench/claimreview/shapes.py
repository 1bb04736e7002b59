"""One ClaimReview in the shapes that libraries print: expanded, with a prefix, flattened into nodes that name others.

pyld and extruct write "http://schema.org/claimReviewed" or "schema:claimReviewed" for a name, and {"@id": …} where the
node itself stands elsewhere in the document, as content systems do in an @graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

MOST_NODES = 500  # that one review may be made of: references may lead round and round
_DEEPEST = 24  # levels of lists, nodes and references inside a review
_OWN = "claimReviewed"

Node = Mapping[str, Any]


def named(document: Any) -> dict[str, Node]:
    """The nodes of a document by their `@id`, those that say more than that."""
    found: dict[str, Node] = {}
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and not _is_reference(value):
                found.setdefault(name, value)
            waiting += [one for one in reversed(value.values()) if isinstance(one, list | dict)]
    return found


def whole(review: Node, known: Mapping[str, Node]) -> Node:
    """A review with short names, and with the nodes of `known` in the place of what only names them."""
    if _OWN in review and not known:
        return review
    prefix = next((key.removesuffix(_OWN) for key in review if key.endswith(_OWN)), "")
    left = iter(range(MOST_NODES))
    return {
        key.removeprefix(prefix): _filled(value, prefix, known, left, 0) for key, value in review.items()
    }  # fmt: skip


def _filled(value: Any, prefix: str, known: Mapping[str, Node], left: Iterator[int], depth: int) -> Any:
    if not isinstance(value, list | dict) or depth > _DEEPEST or next(left, None) is None:
        return value
    if isinstance(value, list):
        return [_filled(one, prefix, known, left, depth + 1) for one in value]
    node = known.get(value["@id"], value) if _is_reference(value) else value
    return {key.removeprefix(prefix): _filled(one, prefix, known, left, depth + 1) for key, one in node.items()}


def _is_reference(node: Node) -> bool:
    """Whether a node only names another one."""
    return isinstance(node.get("@id"), str) and node.keys() <= {"@id", "@type"}
