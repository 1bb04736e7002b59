"""What is said of a source that holds several articles: each line names the file within it, its line, row or item."""

from __future__ import annotations

import json
import mailbox
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

from tests.cli.conftest import Cli

TEXT = "Pier opens\n\nThe pier cost $4 million, Ada Penn said.\n"


def _lines(*names: str) -> str:
    return "".join(json.dumps({"id": name, "text": f"{TEXT}{name}"}) + "\n" for name in names)


def _said(cli: Cli, source: Path) -> list[str]:
    """The lines of an ingest without what follows the source's name, the folder left out."""
    done = cli("ingest", str(source)).out.splitlines()[:-1]
    return [line.replace(f"{source.parent}/", "").partition(",")[0] for line in done]


def test_a_file_of_an_archive_is_named_and_a_line_of_a_file_in_it(cli: Cli, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("inner/b.txt", TEXT)
        archive.writestr("wire.jsonl", _lines("w1", "w2"))
        archive.writestr("odd\x1b[31m.txt", f"{TEXT}odd")
    wanted = ["pack.zip: inner/b.txt", "pack.zip: wire.jsonl line 1", "pack.zip: wire.jsonl line 2"]
    first = _said(cli, tmp_path / "pack.zip")

    assert [f"a{number} stored: {name}" for number, name in enumerate(wanted, 1)] == first[:3]
    assert "\x1b" not in first[3]
    assert [f"a{number} unchanged: {name}" for number, name in enumerate(wanted, 1)] == _said(
        cli, tmp_path / "pack.zip"
    )[:3]


def test_lines_rows_items_and_mails_are_counted(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "wire.jsonl").write_text(f"{_lines('q1')}\nbroken\n{_lines('q2')}", encoding="utf-8")
    (tmp_path / "list.json").write_text(json.dumps([{"text": f"{TEXT}l1"}, {"text": f"{TEXT}l2"}]), encoding="utf-8")
    (tmp_path / "rows.csv").write_text(f'id,text\nr1,"{TEXT}r1"\nr2,"{TEXT}r2"\n', encoding="utf-8")
    item = "<item><title>{0}</title><guid>{0}</guid><description>The pier cost $4 million.</description></item>"
    feed = "".join(item.format(name) for name in ("f1", "f2"))
    (tmp_path / "feed.xml").write_text(f"<rss><channel><title>P</title>{feed}</channel></rss>", encoding="utf-8")
    box = mailbox.mbox(tmp_path / "mails.mbox")
    for name in ("m1", "m2"):
        mail = EmailMessage()
        mail["Subject"], mail["Message-ID"] = name, f"<{name}@pier.example>"
        mail.set_content(f"{TEXT}{name}")
        box.add(mail)
    box.close()

    names = {"wire.jsonl": (" line 1", " line 4"), "list.json": (" item 1", " item 2"),
             "feed.xml": (" item 1", " item 2"), "mails.mbox": (" mail 1", " mail 2")}  # fmt: skip
    for name, places in names.items():
        told = [line.partition("stored: ")[2] for line in _said(cli, tmp_path / name)]
        assert [f"{name}{place}" for place in places] == told
    rows = [line.partition("stored: ")[2] for line in _said(cli, tmp_path / "rows.csv")]
    assert ["rows.csv row 2", "rows.csv row 3"] == rows


def test_a_file_of_one_article_is_named_as_it_is(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")

    assert ["a1 stored: one.txt"] == _said(cli, tmp_path / "one.txt")
