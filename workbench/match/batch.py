"""Many quotes at once: which of them are worth comparing, by arrays; the same pairs as `grams.comparable` gives.

numpy is imported by the functions that need it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from workbench.match.compare import CONTAINED, NEAR, Likeness, Profile
from workbench.match.grams import FEW, FEW_HEAVY, HEAVY, LONGEST, TELLING, stretch_mixer, word_number
from workbench.match.weights import tenths

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
    sizes = (counts, heavies)
    for chosen in (short[owner] | True, heavy & ~short[owner]):
        whole = chosen.all()
        sharing = _sharing(owner[chosen], number[chosen], short if whole else None)
        for key, shared in sharing:
            one, other = (key >> np.uint64(32)).astype(np.int64), (key & np.uint64(0xFFFFFFFF)).astype(np.int64)
            either = short[one] | short[other]
            smaller = np.minimum(sizes[not whole][one], sizes[not whole][other])
            kept = (either if whole else ~either) & (shared >= _least(smaller))
            yield one[kept], other[kept]


def _least(smaller: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    return np.where(smaller <= 4, 1, np.where(smaller <= 9, 2, -(-smaller // 5)))


def _entries(quotes: Sequence[tuple[str, ...]]) -> tuple[Any, Any, Any]:
    """Each gram of each quote once: the quote's index, the gram, whether it is heavy there. As `grams.grams`."""
    import numpy as np

    known: dict[str, int] = {}
    flat = np.fromiter((known.setdefault(word, len(known)) for quote in quotes for word in quote), np.int64)
    lengths = np.fromiter(map(len, quotes), np.int64, len(quotes))
    owner, ends = np.repeat(np.arange(len(quotes)), lengths), np.repeat(np.cumsum(lengths), lengths)
    weights = np.fromiter(map(tenths, known), np.int64, len(known))[flat]
    sums = np.concatenate(([0], np.cumsum(weights)))
    start = np.arange(len(flat))
    end = np.maximum(np.searchsorted(sums, sums[:-1] + TELLING), start + 2)
    inside = end <= ends
    after = np.append(end[1:], 0)
    inside &= ~(np.append(inside[1:], False) & (after == end))  # a longer run that ends where a shorter one ends
    chosen = np.flatnonzero(inside & (end - start <= LONGEST))
    mixed = _mixed(flat, np.fromiter(map(word_number, known), np.uint64, len(known)), chosen, end[chosen] - chosen)
    told = sums[end[chosen]] - sums[chosen] >= HEAVY
    return _whole_where_none(quotes, *_once(owner[chosen], mixed, told))


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


def _sharing(owner: Any, number: Any, short: Any | None) -> Iterator[tuple[Any, Any]]:
    """(key of a pair, how many grams it shares); where `short` is given, pairs of which one is short alone.

    Pairs are counted in ranges of their first quote, so that memory stays bounded.
    """
    import numpy as np

    order = np.lexsort((owner, number))
    owner, number = owner[order], number[order]
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
        yield _counted(owner, by_first[begin:stop], after, short)
        begin = stop


def _counted(owner: Any, entries: Any, after: Any, short: Any | None) -> tuple[Any, Any]:
    import numpy as np

    many = after[entries]
    first = np.repeat(entries, many)
    step = np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many) + 1
    one, other = owner[first], owner[first + step]
    if short is not None:
        kept = short[one] | short[other]
        one, other = one[kept], other[kept]
    key = (one.astype(np.uint64) << np.uint64(32)) | other.astype(np.uint64)
    key.sort()
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
    return key[starts], np.diff(np.append(starts, len(key)))


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
