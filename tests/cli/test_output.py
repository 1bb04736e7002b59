"""What leaves on stdout and stderr: data that reads back, and nothing that steers a terminal."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.cli import messages, output
from workbench.errors import StoreError
from workbench.records import Progress
from workbench.text import has_hidden

HOSTILE = "\x1b]0;owned\x07 \x9b31m \u202egnp.exe \u2028 [/bold] \ud800 \x7f \U000e0041"
anything = st.text(st.characters(codec=None, exclude_categories=()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything)
def test_a_json_line_reads_back_exactly_and_steers_nothing(capsys: pytest.CaptureFixture[str], text: str) -> None:
    output.json_line({"text": text, "list": [text]})

    line = capsys.readouterr().out
    assert {"text": text, "list": [text]} == json.loads(line)
    assert 1 == line.count("\n")
    assert not has_hidden(line)


def test_a_json_line_keeps_readable_letters(capsys: pytest.CaptureFixture[str]) -> None:
    output.json_line({"text": "“verrückt”\u202e"})

    assert '{"text": "“verrückt”\\u202e"}\n' == capsys.readouterr().out


def test_no_number_leaves_that_is_none() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        output.json_line({"share": float("nan")})


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        (" =1", "' =1"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@SUM", "'@SUM"),
        ("＝1", "'＝1"),
        ("\t=1", "' =1"),
        ("-12.5", "-12.5"),
        (-3, "-3"),
        (None, ""),
        (True, "True"),
        (("a", "b"), "a; b"),
        ({"true": 2}, "true=2"),
        ("\x1b[31m", "␛[31m"),
    ],
)
def test_a_cell_is_no_formula(value: object, cell: str) -> None:
    assert cell == output.csv_cell(value)


def test_csv_reads_back(capsys: pytest.CaptureFixture[str]) -> None:
    writer = output.CsvWriter(("id", "text"))
    writer.write({"id": "c1", "text": 'he said "no, never"\nand left', "more": 1})

    assert [["id", "text"], ["c1", 'he said "no, never" and left']] == list(
        csv.reader(io.StringIO(capsys.readouterr().out))
    )


def test_lines_blocks_and_fields_are_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    output.line(HOSTILE)
    output.block(HOSTILE)
    output.heading(HOSTILE)
    output.fields([("name", HOSTILE), ("nothing", "")])

    out = capsys.readouterr().out
    assert 4 == out.count("\n")
    assert not has_hidden(out.replace("\r", ""))
    assert out.count("[/bold]") == 4


@pytest.mark.parametrize(
    ("failure", "status", "line"),
    [
        (StoreError("a is damaged", "restore it"), 3, "workbench: a is damaged: restore it"),
        (StoreError("a\nb\x1b"), 3, "workbench: a b␛"),
        (KeyboardInterrupt(), 130, "workbench: interrupted: what was stored before stays"),
        (OSError(28, "No space left on device"), 1, "workbench: no space left on device: mend that and run it again"),
        (
            OSError(13, "Permission denied", "x\x1b.txt"),
            1,
            "workbench: x␛.txt: permission denied: mend that and run it again",
        ),
        (MemoryError(), 1, "workbench: out of memory: give smaller inputs, or fewer at once"),
        (
            ValueError("SELECT secret"),
            1,
            "workbench: unexpected error ValueError: run it again as workbench --debug … and report that",
        ),
    ],
)
def test_a_failure_is_one_line_and_a_status(
    capsys: pytest.CaptureFixture[str], failure: BaseException, status: int, line: str
) -> None:
    assert status == messages.exit_status(failure, debug=False)
    assert ("", f"{line}\n") == tuple(capsys.readouterr())


def test_debug_adds_the_traceback_before_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError("the cause\x1b")
    except ValueError as failure:
        messages.exit_status(failure, debug=True)

    lines = capsys.readouterr().err.splitlines()
    assert "Traceback (most recent call last):" == lines[0]
    assert "ValueError: the cause␛" == lines[-2]
    assert lines[-1].startswith("workbench: unexpected error")


@pytest.mark.parametrize(
    ("progress", "seconds", "line"),
    [
        (Progress(12, 84, "a.txt"), 4.0, "12 of 84 · 3.0/s · 24 s left · a.txt"),
        (Progress(10, 1000, "b"), 10.0, "10 of 1000 · 1.0/s · 16 min 30 s left · b"),
        (Progress(3, None, "c"), 1.0, "3 · 3.0/s · c"),
        (Progress(0, 5, "d"), 0.0, "0 of 5 · d"),
    ],
)
def test_progress_says_rate_and_time_left(progress: Progress, seconds: float, line: str) -> None:
    assert line == messages.describe(progress, seconds)


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    messages.ProgressLine()(Progress(1, 2, "x"))

    assert ("", "") == tuple(capsys.readouterr())
