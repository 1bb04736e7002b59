"""A whole store in one file and back: exactly, or not at all."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.store_samples import HARBOUR, make_store, put, rows
from workbench.errors import ConflictError, InputError, UsageError, WorkbenchError
from workbench.records import ClaimFilter
from workbench.services import archive, evidence, history, lists, purging, report, review
from workbench.services.imports import import_file
from workbench.services.store import Store, open_store

Parts = dict[str, bytes]


def _filled(folder: Path) -> Store:
    """A store with verdicts, evidence with a kept copy, a note, an undo and two versions of an article."""
    made = make_store(folder)
    first, second, third, *_ = (row.id for row in rows(made))
    (folder / "minutes.txt").write_bytes(b"The dues rose.\n\xff")
    review.mark(made, [first, second], truth="true", explain="See “the minutes”.", note="Ask \x1b[31m her")
    evidence.add(made, first, file=folder / "minutes.txt", confidential=True)
    review.mark(made, [third], status="waived", waive="Trivial")
    history.undo(made)
    put(made, HARBOUR.replace("4 percent", "5 percent"))
    return made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Its archive."""
    folder = tmp_path_factory.mktemp("whole")
    with _filled(folder) as made:
        archive.export(made, folder / "desk.zip")
    return (folder / "desk.zip").read_bytes()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "old").mkdir()
    with _filled(tmp_path / "old") as made:
        yield made


@pytest.fixture
def file(whole: bytes, tmp_path: Path) -> Path:
    (tmp_path / "desk.zip").write_bytes(whole)
    return tmp_path / "desk.zip"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "new" / "empty.db"), "bob") as made:
        yield made


def _parts(file: Path) -> Parts:
    with ZipFile(file) as source:
        return {name: source.read(name) for name in source.namelist()}


def _pack(target: Path, parts: Parts) -> Path:
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return target


def _content(store: Store) -> Parts:
    path = store.path.with_name("content.zip")
    archive.export(store, path)
    return _parts(path)


def test_an_archive_restores_exactly_chain_and_numbers_included(store: Store, tmp_path: Path, empty: Store) -> None:
    file = tmp_path / "desk.zip"
    archive.export(store, file)
    import_file(empty, file)
    again = file.with_name("again.zip")
    archive.export(empty, again)

    assert file.read_bytes() == again.read_bytes()
    assert history.verify(store) == history.verify(empty)
    assert history.verify(empty).ok
    assert rows(store) == rows(empty)
    assert lists.totals(store) == lists.totals(empty)
    assert lists.facets(store, ClaimFilter()) == lists.facets(empty, ClaimFilter())
    assert [row.id for row in lists.claim_rows(empty, ClaimFilter(search="harbour dues"))] != []


def test_what_was_restored_can_be_worked_on_and_undone(file: Path, empty: Store) -> None:
    import_file(empty, file)
    claim = rows(empty)[-1].id
    review.mark(empty, [claim], truth="false")
    history.undo(empty)

    assert None is next(row.truth for row in rows(empty) if row.id == claim)
    assert history.verify(empty).ok


def test_importing_twice_changes_nothing(file: Path, empty: Store) -> None:
    import_file(empty, file)
    before = empty.path.read_bytes()
    said = import_file(empty, file).said

    assert "already" in said
    assert before == empty.path.read_bytes()


def test_a_store_that_holds_something_else_is_left_alone(file: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with make_store(tmp_path / "other") as other:
        before = _content(other)
        with pytest.raises(ConflictError, match="empty store only"):
            import_file(other, file)

        assert before == _content(other)


def test_a_purged_article_stays_purged_and_the_chain_holds(store: Store, empty: Store, tmp_path: Path) -> None:
    purging.purge(store, 1)
    archive.export(store, tmp_path / "purged.zip")
    import_file(empty, tmp_path / "purged.zip")

    assert history.verify(empty).ok
    assert _content(store) == _content(empty)
    assert not any(b"harbour dues" in part for part in _content(empty).values())


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
steps = st.lists(
    st.tuples(st.sampled_from(["truth", "note", "wording", "undo", "redo", "ingest"]), st.integers(0, 5), words),
    max_size=6,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_was_done_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, done: list[tuple[str, int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with make_store(folder) as store, open_store(str(folder / "empty.db"), "bob") as empty:
        for what, place, text in done:
            _do(store, what, place, text)
        archive.export(store, folder / "one.zip")
        import_file(empty, folder / "one.zip")
        archive.export(empty, folder / "two.zip")

        assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()
        assert history.verify(empty).ok


def _do(store: Store, what: str, place: int, text: str) -> None:
    listed = rows(store)
    if not listed:
        return  # the ingest was undone
    claim = listed[place % len(listed)].id
    try:
        if what == "ingest":
            put(store, f"{text}\nMayor Ida Brandt said the quay of {place} closed.\n", name=f"n{place}")
        elif what in ("undo", "redo"):
            getattr(history, what)(store)
        elif what == "truth":
            review.mark(store, [claim], truth="false", explain=text or None)
        else:
            review.mark(store, [claim], **{what: text})
    except WorkbenchError:
        pass  # refused, and nothing was done


def test_the_file_is_private_and_stays_when_a_later_export_fails(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "desk.zip"
    archive.export(store, file)
    before = file.read_bytes()
    with pytest.raises(InputError):
        archive.export(store, file.parent)

    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert before == file.read_bytes()


def test_an_archive_is_the_whole_store_and_goes_into_a_file(store: Store, tmp_path: Path) -> None:
    for wanted, public, output in (
        (ClaimFilter(kind="direct"), False, tmp_path / "x.zip"),
        (ClaimFilter(), True, tmp_path / "x.zip"),
        (ClaimFilter(), False, None),
    ):
        with pytest.raises(UsageError):
            report.export(store, wanted, "archive", public=public, output=output)
    assert not (tmp_path / "x.zip").exists()


# ---- what is refused -------------------------------------------------------------------------------------------------


def _manifest(parts: Parts, **changes: object) -> Parts:
    manifest = json.loads(parts["manifest.json"]) | changes
    return parts | {"manifest.json": json.dumps(manifest).encode()}


def _table(parts: Parts, name: str, change: Callable[[bytes], bytes]) -> Parts:
    """The parts with other rows in a table, and a manifest that tells of them."""
    data = change(parts[f"tables/{name}.jsonl"])
    manifest = json.loads(parts["manifest.json"])
    manifest["tables"][name] = {"rows": data.count(b"\n"), "digest": sha256(data).hexdigest()}
    return parts | {f"tables/{name}.jsonl": data, "manifest.json": json.dumps(manifest).encode()}


def _first_copy(parts: Parts) -> str:
    return next(name for name in parts if name.startswith("copies/"))


BAD: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "no manifest": (lambda parts: {k: v for k, v in parts.items() if k != "manifest.json"}, "says nowhere"),
    "newer format": (lambda parts: _manifest(parts, format=2), "newer workbench"),
    "newer schema": (lambda parts: _manifest(parts, schema=99), "newer workbench"),
    "older schema": (lambda parts: _manifest(parts, schema=1), "older workbench"),
    "another kind": (lambda parts: _manifest(parts, kind="virus"), "no archive of a store"),
    "other head": (lambda parts: _manifest(parts, log={"length": 3, "head": "0" * 64}), "does not end"),
    "office file": (lambda parts: parts | {"[Content_Types].xml": b"x"}, "office file, for people"),
    "absolute path": (lambda parts: parts | {"/etc/passwd": b"x"}, "none of ours"),
    "path upwards": (lambda parts: parts | {"tables/../../x.jsonl": b"x"}, "none of ours"),
    "other file": (lambda parts: parts | {"tables/run.sh": b"x"}, "none of ours"),
    "unknown table": (lambda parts: parts | {"tables/zz.jsonl": b"{}\n"}, "tables are not those"),
    "table gone": (lambda parts: {k: v for k, v in parts.items() if k != "tables/note.jsonl"}, "tables are not those"),
    "rows cut": (lambda parts: parts | {"tables/claim.jsonl": parts["tables/claim.jsonl"][:-40]}, "cut short"),
    "rows gone": (
        lambda parts: parts | {"tables/sentence.jsonl": b"".join(parts["tables/sentence.jsonl"].splitlines(True)[1:])},
        "not those that were written",
    ),
    "changed entry": (
        lambda parts: _table(parts, "event", lambda data: data.replace(b"the minutes", b"the Minutes")),
        "changed at entry",
    ),
    "entry cut off": (
        lambda parts: _table(parts, "event", lambda data: b"".join(data.splitlines(True)[:-1])),
        "does not end",
    ),
    "wrong type": (
        lambda parts: _table(parts, "claim", lambda data: data.replace(b'"id":1,', b'"id":"1",')),
        "columns",
    ),
    "wrong column": (lambda parts: _table(parts, "note", lambda data: data.replace(b'"text"', b'"tex"')), "columns"),
    "not a number": (
        lambda parts: _table(parts, "claim", lambda data: data.replace(b'"negated":0', b'"negated":NaN')),
        "not JSON",
    ),
    "huge number": (
        lambda parts: _table(parts, "claim", lambda data: data.replace(b'"negated":0', b'"negated":' + b"9" * 40)),
        "columns",
    ),
    "deep row": (lambda parts: _table(parts, "note", lambda data: b"[" * 100_000 + b"\n"), "not JSON"),
    "row twice": (lambda parts: _table(parts, "outlet", lambda data: data + data), "not one of a store"),
    "nowhere": (
        lambda parts: _table(parts, "sentence", lambda data: data.replace(b'"version_id":1', b'"version_id":77')),
        "refers to one that is not there",
    ),
    "copy gone": (lambda parts: {k: v for k, v in parts.items() if k != _first_copy(parts)}, "copies are missing"),
    "copy changed": (lambda parts: parts | {_first_copy(parts): parts[_first_copy(parts)][:-1] + b"?"}, "digest"),
    "copy longer": (lambda parts: parts | {_first_copy(parts): b"x" * 9000}, "larger than it should"),
    "zip bomb": (lambda parts: parts | {_first_copy(parts): bytes(80 * 2**20)}, "would unpack to"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_damaged_or_hostile_archive_is_refused_and_nothing_is_touched(bad: str, file: Path, empty: Store) -> None:
    change, said = BAD[bad]
    broken = _pack(file.with_name("bad.zip"), change(_parts(file)))
    before, files = _content(empty), sorted(path.name for path in file.parent.iterdir())

    with pytest.raises(InputError, match=said) as caught:
        import_file(empty, broken)

    assert "\n" not in str(caught.value)
    assert before == _content(empty)
    assert files == sorted(path.name for path in file.parent.iterdir())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(file: Path, empty: Store) -> None:
    with ZipFile(file, "a") as made:
        made.writestr("tables/note.jsonl", b"")

    with pytest.raises(InputError, match="twice"):
        import_file(empty, file)


def test_a_size_that_lies_is_refused(file: Path, empty: Store) -> None:
    parts = _parts(file)
    name = _first_copy(parts)
    broken = file.with_name("lying.zip")
    with ZipFile(broken, "w", ZIP_DEFLATED) as made:
        for each, data in parts.items():
            entry = ZipInfo(each)
            made.writestr(entry, bytes(9_000_000) if each == name else data, ZIP_DEFLATED)
    data = broken.read_bytes()
    lying = data.replace((9_000_000).to_bytes(4, "little"), len(parts[name]).to_bytes(4, "little"))
    assert lying != data
    broken.write_bytes(lying)

    with pytest.raises(InputError):
        import_file(empty, broken)
    assert 0 == lists.totals(empty).articles


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_that_is_cut_or_changed_anywhere_is_refused_or_is_the_same(
    file: Path, empty: Store, data: st.DataObject
) -> None:
    whole = file.read_bytes()
    place = data.draw(st.integers(4, len(whole) - 1))
    broken = file.with_name("broken.zip")
    cut = data.draw(st.booleans())
    broken.write_bytes(whole[:place] if cut else whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    try:
        import_file(empty, broken)
    except InputError:
        assert 0 == lists.totals(empty).articles
    else:
        assert not cut
        assert history.verify(empty).ok
        empty.close()
        empty.path.unlink()
        for beside in empty.path.parent.glob("empty.db-*"):
            beside.unlink()
        with open_store(str(empty.path), "bob"):
            pass


def test_a_file_of_no_known_kind_is_refused(empty: Store, tmp_path: Path) -> None:
    for name, data in (("a.txt", b"hello"), ("b.bin", b"\x00\xff"), ("empty", b""), ("c.zip", b"PK\x03\x04 cut")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError):
            import_file(empty, tmp_path / name)
    with pytest.raises(InputError, match="not a regular file"):
        import_file(empty, tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        import_file(empty, tmp_path / "nowhere.zip")
