"""Many quotes at once: which of them are worth comparing, by arrays; the same pairs as `grams.comparable` gives.

numpy is imported by the functions that need it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from workbench.match.compare import CONTAINED, NEAR, RUN_WORDS, Likeness, Profile, likeness
from workbench.match.grams import (
    ALONE,
    FEW,
    FEW_HEAVY,
    HEAVY,
    LONGEST,
    SHARE,
    TELLING,
    TINY,
    gram,
    stretch_mixer,
    word_number,
)  # fmt: skip
from workbench.match.weights import pairs, tenths
from workbench.match.words import hashed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

_CHUNK = 1 << 22  # pairs in the hand at a time
_SLICE = 100_000  # quotes whose grams are formed at a time
_READ = 100_000  # profiles kept at hand


class Quotes(Sequence[Profile]):
    """Very many quotes by their words, in little room: each word is kept once, profiles are made when asked for."""

    def __init__(self, quotes: Iterable[Sequence[str]]) -> None:
        import numpy as np

        known: dict[str, int] = {}
        flat, lengths = array("i"), array("i")
        self.codes: list[str] = []
        for texts in quotes:
            flat.extend([known.setdefault(word, len(known)) for word in texts])
            lengths.append(len(texts))
            self.codes.append(hashed(texts))
        self.known = list(known)
        self.flat = np.frombuffer(flat, np.int32) if flat else np.zeros(0, np.int32)
        self.ends = np.cumsum(np.frombuffer(lengths, np.int32) if lengths else np.zeros(0, np.int32), dtype=np.int64)
        self._profiles: dict[int, Profile] = {}

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> Profile: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Profile]: ...
    def __getitem__(self, at: int | slice) -> Profile | Sequence[Profile]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        found = self._profiles.get(at)
        if found is None:
            if len(self._profiles) >= _READ:
                self._profiles.clear()
            found = self._profiles[at] = Profile("", self.texts(at))
        return found

    def texts(self, at: int) -> tuple[str, ...]:
        """The words of one quote."""
        begin = int(self.ends[at - 1]) if at else 0
        return tuple(self.known[word] for word in self.flat[begin : int(self.ends[at])].tolist())


def comparable_pairs(quotes: Quotes) -> Iterator[Pairs]:
    """The pairs of quotes that share grams enough to be compared: two arrays of indexes, in chunks."""
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

    some = (heavy & (smaller <= ALONE)) | ((shared > 1) & (shared * SHARE >= smaller))
    return np.where(smaller <= TINY, shared > 0, some)


def _entries(quotes: Quotes) -> tuple[Any, Any, Any]:
    """Each gram of each quote once: the quote's index, the gram, whether it is heavy there. As `grams.grams`."""
    import numpy as np

    told = np.fromiter(map(tenths, quotes.known), np.int64, len(quotes.known))
    numbers = np.fromiter(map(word_number, quotes.known), np.uint64, len(quotes.known))
    listed = _listed({word: at for at, word in enumerate(quotes.known)})
    parts = [_slice(quotes, begin, told, numbers, listed) for begin in range(0, len(quotes), _SLICE)]
    owner, number, heavy = (np.concatenate(each) for each in zip(*parts, strict=True)) if parts else (
        np.zeros(0, np.int32), np.zeros(0, np.uint32), np.zeros(0, bool))  # fmt: skip
    return owner, number, heavy


def _slice(quotes: Quotes, begin: int, told: Any, numbers: Any, listed: tuple[Any, Any]) -> tuple[Any, Any, Any]:
    """The entries of `_SLICE` quotes from `begin` on."""
    import numpy as np

    last = min(begin + _SLICE, len(quotes))
    first = int(quotes.ends[begin - 1]) if begin else 0
    bounds = quotes.ends[begin:last] - first
    flat = quotes.flat[first : first + (int(bounds[-1]) if len(bounds) else 0)].astype(np.int64)
    lengths = np.diff(np.append(0, bounds))
    owner, ends = np.repeat(np.arange(begin, last), lengths), np.repeat(bounds, lengths)
    weights = told[flat]
    after = _told_after(flat, weights, listed)
    sums = np.concatenate(([0], np.cumsum(after)))
    start = np.arange(len(flat))
    end = np.maximum(np.searchsorted(sums, sums[1:] + TELLING - weights), start + 2)
    inside = (end <= ends) & (end - start <= LONGEST)
    later = np.minimum.accumulate(np.where(inside, end, len(flat) + LONGEST)[::-1])[::-1]
    inside &= np.append(later[1:], len(flat) + LONGEST) > end  # holds no shorter one
    chosen = np.flatnonzero(inside)
    mixed = _mixed(flat, numbers, chosen, end[chosen] - chosen)
    heavy = weights[chosen] + sums[end[chosen]] - sums[chosen + 1] >= HEAVY
    return _whole_where_none(quotes, begin, last, *_once(owner[chosen], mixed, heavy))


def _listed(known: dict[str, int]) -> tuple[Any, Any]:
    """The pairs of `weights.pairs` whose words are known: sorted keys, and what the second word tells."""
    import numpy as np

    found = sorted((known[one] << 32 | known[other], told) for (one, other), told in pairs().items()
                   if one in known and other in known)  # fmt: skip
    both = np.array(found, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _told_after(flat: Any, weights: Any, listed: tuple[Any, Any]) -> Any:
    """As `weights.told_after`; what the first word of a quote tells there is never asked for."""
    import numpy as np

    keys, values = listed
    if not len(keys):
        return weights
    both = np.append(-1, flat[:-1] << 32 | flat[1:])[: len(flat)]
    at = np.minimum(np.searchsorted(keys, both), len(keys) - 1)
    return np.where(keys[at] == both, values[at], weights)


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
        (key >> np.uint64(32)).astype(np.int32), ((key >> np.uint64(1)) & np.uint64(0x7FFFFFFF)).astype(np.uint32),
        (key & np.uint64(1)) == 0,
    )  # fmt: skip


def _whole_where_none(
    quotes: Quotes, begin: int, last: int, owner: Any, number: Any, heavy: Any
) -> tuple[Any, Any, Any]:
    """A quote that tells too little for a stretch is its own gram."""
    import numpy as np

    bare = np.flatnonzero(np.bincount(owner - begin, minlength=last - begin) == 0) + begin
    own = [index for index in bare.tolist() if quotes.codes[index]]
    whole = np.fromiter((gram(quotes.texts(index)) for index in own), np.uint32, len(own))
    return (
        np.concatenate((owner, np.array(own, np.int32))), np.concatenate((number, whole)),
        np.concatenate((heavy, np.zeros(len(own), bool))),
    )  # fmt: skip


def _sharing(owner: Any, number: Any, heavy: Any, short: Any | None) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Pairs (two arrays), how many grams they share, and whether a heavy one.

    Where `short` is given, pairs of which one is short alone. Pairs are counted in ranges of their first quote, so
    that memory stays bounded.
    """
    import numpy as np

    key = number.astype(np.uint64) << np.uint64(32) | owner.astype(np.uint64)
    if short is not None:
        key |= (~short[owner]).astype(np.uint64) << np.uint64(31)  # in each gram the short ones come first
    order = np.argsort(key)
    del key
    owner, number, heavy = owner[order], number[order], heavy[order]
    del order
    ends = np.append(np.flatnonzero(number[1:] != number[:-1]) + 1, len(number))
    after = np.repeat(ends, np.diff(np.append(0, ends))) - np.arange(len(number)) - 1  # later quotes of the same gram
    if short is not None:
        after[~short[owner]] = 0
    by_first = np.argsort(owner, kind="stable")
    reach = np.cumsum(after[by_first])
    begin = 0
    while begin < len(by_first):
        done = reach[begin - 1] if begin else 0
        stop = max(int(np.searchsorted(reach, done + _CHUNK, "right")), begin + 1)
        while stop < len(by_first) and owner[by_first[stop]] == owner[by_first[stop - 1]]:
            stop += 1
        yield _counted(owner, heavy, by_first[begin:stop], after)
        begin = stop


def _counted(owner: Any, heavy: Any, entries: Any, after: Any) -> tuple[Any, Any, Any, Any]:
    import numpy as np

    many = after[entries]
    first = np.repeat(entries, many)
    step = np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many) + 1
    one, other, told = owner[first], owner[first + step], heavy[first]
    key = (one.astype(np.uint64) << np.uint64(32)) | (other.astype(np.uint64) << np.uint64(1)) | told
    key.sort()
    pair = key >> np.uint64(1)
    starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1])) if len(key) else np.zeros(0, np.int64)
    ends = np.append(starts[1:], len(key))[: len(starts)]
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

    codes = profiles.codes if isinstance(profiles, Quotes) else [profile.code for profile in profiles]
    lengths = np.fromiter(map(len, codes), np.int64, len(codes))
    left, right = [codes[at] for at in one.tolist()], [codes[at] for at in other.tolist()]
    common = cpdist(left, right, scorer=LCSseq.similarity, dtype=np.int32)
    shorter, longer = np.minimum(lengths[one], lengths[other]), np.maximum(lengths[one], lengths[other])
    sure = common >= np.minimum(NEAR * longer, CONTAINED * shorter)
    for at in np.flatnonzero(~sure & (common >= RUN_WORDS)).tolist():
        sure[at] = not profiles[one[at]].runs.isdisjoint(profiles[other[at]].runs)
    return sure


def linked(profiles: Sequence[Profile], one: Any, other: Any) -> Iterator[tuple[int, int, Likeness]]:
    """The pairs of these that are linked where speaker and day are not known, with what their words have in common."""
    looked = worth_a_look(profiles, one, other)
    for first, second in zip(one[looked].tolist(), other[looked].tolist(), strict=True):
        found = likeness(profiles[first], profiles[second])
        if found.links(None, None):
            yield first, second, found
