"""Many quotes at once: which of them are worth comparing, by arrays; the same pairs as `grams.comparable` gives.

numpy is imported by the functions that need it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from workbench.match.compare import CONTAINED, NEAR, Likeness, Profile
from workbench.match.grams import FEW, FEW_HEAVY, HEAVY, LONGEST, SHARE, SOME, TELLING, TINY, stretch_mixer, word_number
from workbench.match.weights import pairs, tenths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

_CHUNK = 1 << 22  # pairs in the hand at a time


def comparable_pairs(quotes: Sequence[tuple[str, ...]]) -> Iterator[Pairs]:
    """The pairs of quotes (their words) that share grams enough to be compared: two arrays of indexes, in chunks."""
    import numpy as np

    owner, number, heavy = _entries(quotes)
    counts = np.bincount(owner, minlength=len(quotes))
    heavies = np.bincount(owner[heavy], minlength=len(quotes))
    short = (counts <= FEW) | (heavies < FEW_HEAVY)
    for one, other, shared, told in _sharing(owner, number, heavy, short):
        kept = _enough(shared, np.minimum(counts[one], counts[other]), told)
        yield one[kept], other[kept]
    alone = heavy & ~short[owner]
    for one, other, shared, _ in _sharing(owner[alone], number[alone], heavy[alone], None):
        smaller = np.minimum(heavies[one], heavies[other])
        kept = (shared > 1) & (shared * SHARE >= smaller)
        yield one[kept], other[kept]


def _enough(shared: Any, smaller: Any, heavy: Any) -> Any:
    """As `grams.enough`, for arrays."""
    import numpy as np

    some = np.where(smaller <= SOME, (shared > 1) | heavy, shared * SHARE >= smaller)
    return np.where(smaller <= TINY, shared > 0, some)


def _entries(quotes: Sequence[tuple[str, ...]]) -> tuple[Any, Any, Any]:
    """Each gram of each quote once: the quote's index, the gram, whether it is heavy there. As `grams.grams`."""
    import numpy as np

    known: dict[str, int] = {}
    flat = np.fromiter((known.setdefault(word, len(known)) for quote in quotes for word in quote), np.int64)
    lengths = np.fromiter(map(len, quotes), np.int64, len(quotes))
    owner, ends = np.repeat(np.arange(len(quotes)), lengths), np.repeat(np.cumsum(lengths), lengths)
    weights = np.fromiter(map(tenths, known), np.int64, len(known))[flat]
    after = _told_after(flat, weights, known)
    sums = np.concatenate(([0], np.cumsum(after)))
    start = np.arange(len(flat))
    end = np.maximum(np.searchsorted(sums, sums[1:] + TELLING - weights), start + 2)
    inside = (end <= ends) & (end - start <= LONGEST)
    later = np.minimum.accumulate(np.where(inside, end, len(flat) + LONGEST)[::-1])[::-1]
    inside &= np.append(later[1:], len(flat) + LONGEST) > end  # holds no shorter one
    chosen = np.flatnonzero(inside)
    mixed = _mixed(flat, np.fromiter(map(word_number, known), np.uint64, len(known)), chosen, end[chosen] - chosen)
    told = weights[chosen] + sums[end[chosen]] - sums[chosen + 1] >= HEAVY
    return _whole_where_none(quotes, *_once(owner[chosen], mixed, told))


def _told_after(flat: Any, weights: Any, known: dict[str, int]) -> Any:
    """As `weights.told_after`; what the first word of a quote tells there is never asked for."""
    import numpy as np

    listed = {known[one] << 32 | known[other]: told for (one, other), told in pairs().items()
              if one in known and other in known}  # fmt: skip
    keys = np.array(sorted(listed), np.int64)
    values = np.array([listed[key] for key in keys.tolist()], np.int64)
    both = np.append(-1, flat[:-1] << 32 | flat[1:])[: len(flat)]
    at = np.minimum(np.searchsorted(keys, both), max(0, len(keys) - 1))
    return np.where(keys[at] == both, values[at], weights) if len(keys) else weights


def _mixed(flat: Any, numbers: Any, chosen: Any, lengths: Any) -> Any:
    import numpy as np

    factor, fold, dropped = stretch_mixer()
    number = np.zeros(len(chosen), np.uint64)
    for step in range(LONGEST):
        on = lengths > step
        value = number[on] * np.uint64(factor) + numbers[flat[chosen[on] + step]]
        number[on] = value ^ (value >> np.uint64(fold))
    return number >> np.uint64(dropped)


def _once(owner: Any, number: Any, heavy: Any) -> tuple[Any, Any, Any]:
    """Each gram of a quote once, heavy where one of its stretches is."""
    import numpy as np

    key = (owner.astype(np.uint64) << np.uint64(32)) | (number << np.uint64(1)) | ~heavy
    key.sort()
    first = np.append(True, (key[1:] >> np.uint64(1)) != (key[:-1] >> np.uint64(1))) if len(key) else key.astype(bool)
    key = key[first]
    return (
        (key >> np.uint64(32)).astype(np.int64), (key >> np.uint64(1)) & np.uint64(0x7FFFFFFF),
        (key & np.uint64(1)) == 0,
    )  # fmt: skip


def _whole_where_none(quotes: Sequence[tuple[str, ...]], owner: Any, number: Any, heavy: Any) -> tuple[Any, Any, Any]:
    """A quote that tells too little for a stretch is its own gram."""
    import numpy as np

    from workbench.match.grams import gram

    bare = np.setdiff1d(np.arange(len(quotes)), owner)
    own = [index for index in bare.tolist() if quotes[index]]
    whole = np.fromiter((gram(quotes[index]) for index in own), np.uint64, len(own))
    return (
        np.concatenate((owner, np.array(own, np.int64))), np.concatenate((number, whole)),
        np.concatenate((heavy, np.zeros(len(own), bool))),
    )  # fmt: skip


def _sharing(owner: Any, number: Any, heavy: Any, short: Any | None) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Pairs (two arrays), how many grams they share, and whether a heavy one.

    Where `short` is given, pairs of which one is short alone. Pairs are counted in ranges of their first quote, so
    that memory stays bounded.
    """
    import numpy as np

    order = np.lexsort((owner, number))
    owner, number, heavy = owner[order], number[order], heavy[order]
    ends = np.append(np.flatnonzero(number[1:] != number[:-1]) + 1, len(number))
    after = np.repeat(ends, np.diff(np.append(0, ends))) - np.arange(len(number)) - 1  # later quotes of the same gram
    by_first = np.argsort(owner, kind="stable")
    reach = np.cumsum(after[by_first])
    begin = 0
    while begin < len(by_first):
        done = reach[begin - 1] if begin else 0
        stop = max(int(np.searchsorted(reach, done + _CHUNK, "right")), begin + 1)
        while stop < len(by_first) and owner[by_first[stop]] == owner[by_first[stop - 1]]:
            stop += 1
        yield _counted(owner, heavy, by_first[begin:stop], after, short)
        begin = stop


def _counted(owner: Any, heavy: Any, entries: Any, after: Any, short: Any | None) -> tuple[Any, Any, Any, Any]:
    import numpy as np

    many = after[entries]
    first = np.repeat(entries, many)
    step = np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many) + 1
    one, other, told = owner[first], owner[first + step], heavy[first]
    if short is not None:
        kept = short[one] | short[other]
        one, other, told = one[kept], other[kept], told[kept]
    key = (one.astype(np.uint64) << np.uint64(32)) | (other.astype(np.uint64) << np.uint64(1)) | told
    key.sort()
    pair = key >> np.uint64(1)
    starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1])) if len(key) else np.zeros(0, np.int64)
    ends = np.append(starts[1:], len(key))
    found = pair[starts]
    return (
        (found >> np.uint64(31)).astype(np.int64), (found & np.uint64(0x7FFFFFFF)).astype(np.int64), ends - starts,
        (key[ends - 1] & np.uint64(1)).astype(bool),
    )  # fmt: skip


def worth_a_look(profiles: Sequence[Profile], one: Any, other: Any) -> Any:
    """Which of the pairs can be linked at all: a quick look by arrays that overrates what they have in common."""
    import numpy as np
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cpdist

    codes = [profile.code for profile in profiles]
    lengths = np.fromiter(map(len, codes), np.int64, len(codes))
    common = cpdist([codes[at] for at in one], [codes[at] for at in other], scorer=LCSseq.similarity, dtype=np.int32)
    shorter, longer = np.minimum(lengths[one], lengths[other]), np.maximum(lengths[one], lengths[other])
    return common >= np.minimum(np.minimum(NEAR * longer, CONTAINED * shorter), 5)


def linked(profiles: Sequence[Profile], one: Any, other: Any) -> Iterator[tuple[int, int, Likeness]]:
    """The pairs of these that are linked where speaker and day are not known, with what their words have in common."""
    from workbench.match.compare import likeness

    looked = worth_a_look(profiles, one, other)
    for first, second in zip(one[looked].tolist(), other[looked].tolist(), strict=True):
        found = likeness(profiles[first], profiles[second])
        if found.links(None, None):
            yield first, second, found
