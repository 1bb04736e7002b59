"""What is made to harm a parser ends as one line: bombs, entities, loops, crashes, endless work."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from tests.unit import document_samples as samples
from workbench.errors import InputError
from workbench.ingest import BadInput, read
from workbench.ingest.isolation import Limits, read_apart
from workbench.ingest.unpack import Budget, members

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY x SYSTEM "file:///etc/hostname">]>'
)


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        list(read(data, name="bad"))
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_document_type_in_a_word_file_is_refused() -> None:
    def poisoned(name: str, old: bytes) -> bytes:
        body = old.partition(b"?>")[2]
        return ENTITIES.encode() + body if name == "word/document.xml" else old

    assert "declares a document type" in refusal(samples.rezipped(samples.docx(), {}, poisoned))


def test_a_document_type_in_a_feed_is_refused() -> None:
    assert "declares a document type" in refusal(
        samples.RSS.replace('<?xml version="1.0" encoding="utf-8"?>', ENTITIES).encode()
    )


def test_a_word_file_that_unpacks_to_too_much_is_refused() -> None:
    bomb = samples.rezipped(samples.docx(), {}, lambda name, old: b" " * (80 << 20) if "document" in name else old)

    assert "unpacks to more than" in refusal(bomb)


def test_an_archive_counts_what_comes_out_and_not_what_is_declared() -> None:
    data = samples.packed(a__txt=b"0" * (8 << 20))
    lying = data.replace((8 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))

    for each in (data, lying):
        (found,) = read(each, name="bomb")
        assert isinstance(found, BadInput)


def test_archives_within_archives_end() -> None:
    data = samples.packed(a__txt=b"Ida said no.")
    for _ in range(6):
        data = samples.packed(a__zip=data)
    (found,) = read(data, name="russian doll")

    assert isinstance(found, BadInput)
    assert "nested too deeply" in found.reason


def test_the_limits_of_an_archive_hold_for_all_its_files_together() -> None:
    data = samples.packed(a__txt=b"x" * 600, b__txt=b"y" * 600)

    with pytest.raises(InputError, match="unpacks to more than"):
        list(members(data, "pack", Budget(total=1000)))
    with pytest.raises(InputError, match="holds more than"):
        list(members(data, "pack", Budget(members=1)))


def test_a_path_that_leaves_its_archive_is_only_a_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("../../../tmp/evil.txt", "Ida said no.")
    (found,) = read(out.getvalue(), name="slip")

    assert "evil" == found.name


def test_a_gzip_bomb_is_refused() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join([packer.compress(b"0" * (1 << 20)) for _ in range(80)] + [packer.flush()])

    assert "unpacks to more than" in refusal(bomb)


def _pdf_object(number: int, words: str) -> str:
    return f"{number} 0 obj\n{words}\nendobj\n"


HARMFUL = {
    "a tree of pages that loops": "%PDF-1.4\n"
    + _pdf_object(1, "<</Type/Catalog/Pages 2 0 R>>")
    + _pdf_object(2, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999>>")
    + "trailer<</Root 1 0 R>>\n%%EOF",
    "a table that leads back to itself": "%PDF-1.4\nxref\n0 1\n0000000000 65535 f \n"
    "trailer<</Root 1 0 R/Prev 9/Size 1>>\nstartxref\n9\n%%EOF",
    "cut short": samples.pdf()[:700].decode("latin-1"),
    "nothing behind the head": "%PDF-1.7\n",
    "deep brackets": "%PDF-1.4\n1 0 obj\n" + "[" * 100_000,
}


@pytest.mark.parametrize("what", HARMFUL)
def test_a_harmful_pdf_is_one_line(what: str) -> None:
    assert refusal(HARMFUL[what].encode("latin-1"))


@pytest.mark.parametrize(
    "data", [samples.docx(), samples.odt(), samples.packed(a__txt=b"x")], ids=["docx", "odt", "zip"]
)
def test_a_damaged_package_is_one_line(data: bytes) -> None:
    for cut in (30, len(data) // 2, len(data) - 10):
        try:
            found = list(read(data[:cut], name="cut"))
        except InputError:
            continue
        assert all(isinstance(each, BadInput) for each in found)


def test_a_child_over_its_time_is_ended() -> None:
    with pytest.raises(InputError, match="took longer than 0 seconds"):
        list(read_apart("pdf", samples.pdf(), name="slow", limits=Limits(seconds=0.01)))


def test_a_child_over_its_memory_is_one_line() -> None:
    large = samples.rezipped(samples.docx(), {"word/footnotes.xml": b"<a>" + b"<b/>" * 6_000_000 + b"</a>"})

    with pytest.raises(InputError, match=r"memory|makes the reader fail|damaged|unpacks"):
        list(read_apart("docx", large, name="fat", limits=Limits(memory=250 << 20)))


def test_a_mail_nested_without_end_is_read_or_refused() -> None:
    nested = b"From: a@b.example\nDate: Tue, 06 May 2025 09:30:00 +0200\nSubject: x\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(3_000)
    )

    assert refusal(nested)
