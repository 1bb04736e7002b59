"""Tables: aligned in cells, fitted to a terminal, whole elsewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.cli.tables import Column, lay_out, shrink
from workbench.text import cell_width

COLUMNS = (Column("id"), Column("check", right=True), Column("source", least=4), Column("claim", least=6))
ROWS = [("c1", "0.9", "Ada", "one two three four"), ("c12", "0.15", "a body with a long name", "short")]


def test_a_table_without_a_width_is_whole() -> None:
    assert [
        "id   check  source                   claim",
        "c1     0.9  Ada                      one two three four",
        "c12   0.15  a body with a long name  short",
    ] == list(lay_out(COLUMNS, ROWS, None))


def test_a_table_with_a_width_is_cut_with_an_ellipsis() -> None:
    assert [
        "id   check  source    claim",
        "c1     0.9  Ada       one two three…",
        "c12   0.15  a body…   short",
    ] == list(lay_out(COLUMNS, ROWS, 37))


def test_optional_columns_are_left_out_of_a_narrow_table() -> None:
    columns = (Column("id"), Column("kind", optional=True), Column("when", optional=True), Column("claim", least=6))
    row = ("c1", "mixed", "2025-07-06", "one two three four")

    assert "c1  mixed  one two th…" == list(lay_out(columns, [row], 22))[1]
    assert "c1  one tw…" == list(lay_out(columns, [row], 11))[1]


def test_wide_characters_count_two_cells() -> None:
    lines = lay_out((Column("id"), Column("claim", least=4)), [("c1", "事実確認です"), ("c2", "abc")], 12)

    assert ["id  claim", "c1  事実確…", "c2  abc"] == list(lines)


def test_escapes_and_line_ends_never_leave_the_table() -> None:
    assert ["claim", "␛]0;x␇ two lines"] == list(lay_out((Column("claim"),), [("\x1b]0;x\x07\ntwo\tlines",)], None))


@given(st.lists(st.tuples(st.text(), st.text(), st.text(), st.text()), max_size=5), st.integers(24, 80))
def test_no_line_is_wider_than_the_terminal_when_the_fixed_columns_fit(rows: list[tuple[str, ...]], room: int) -> None:
    rows = [(row[0][:2], row[1][:2], row[2], row[3]) for row in rows]

    assert all(cell_width(line) <= room + 4 for line in lay_out(COLUMNS, rows, room))


@given(st.lists(st.integers(1, 300), min_size=4, max_size=4), st.integers(1, 200))
def test_columns_shrink_to_the_room_or_to_their_least(widths: list[int], room: int) -> None:
    result = shrink(COLUMNS, widths, room)

    assert widths[:2] == result[:2]
    assert all(new >= min(old, column.least or old) for new, old, column in zip(result, widths, COLUMNS, strict=True))
    least = sum(min(width, column.least or width) for width, column in zip(widths, COLUMNS, strict=True))
    assert sum(result) == min(sum(widths), max(room, least))
