import codecs

import pytest

from workbench.ingest import read
from workbench.ingest.decode import decode
from workbench.records import Document

TEXT = "“It’s settled,” the mayor of Łódź said — café, naïve, 東京.\r\n"
WESTERN = "“It’s settled,” the mayor said — café.\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-8"),
    ],
)
def test_a_byte_order_mark_settles_the_encoding_and_goes(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + TEXT.encode(encoding))

    assert (TEXT, encoding, ()) == (decoded.text, decoded.encoding, decoded.notes)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(encoding: str) -> None:
    decoded = decode(WESTERN.encode(encoding))

    assert (WESTERN, encoding) == (decoded.text, decoded.encoding)


def test_typographic_quotes_of_windows_1252_are_read_right_and_the_guess_is_noted() -> None:
    decoded = decode(WESTERN.encode("cp1252"))

    assert (WESTERN, "cp1252", True) == (decoded.text, decoded.encoding, decoded.guessed)
    assert decoded.notes


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "Cost row\n\n“It costs €5 million,” Zoë Blanc said. She said 300 people came.\n",
        "“We cannot pay,” said Señor Muñoz – the mayor’s aide. ‘Never’, he added… “It’s €5.”\n",
        "He told the café’s owner: “Élan matters” — in ’98.\n",
        "Don’t say “no”.\n",
        "Kurt Müller said the “Straße” was shut.\n",
    ],
)
def test_short_copy_of_windows_and_of_old_macs_is_known_by_where_its_marks_stand(text: str, encoding: str) -> None:
    assert text == decode(text.encode(encoding)).text


def test_what_a_person_states_holds_whatever_the_bytes_look_like() -> None:
    stated = decode("Łódź".encode("cp1250"), declared="utf-8", stated="cp1250")

    assert ("Łódź", "cp1250", False, ()) == (stated.text, stated.encoding, stated.guessed, stated.notes)


def test_cyrillic_without_a_declaration_is_detected() -> None:
    text = "Мэр города заявил в понедельник, что новый мост будет открыт в следующем году. " * 5

    assert text == decode(text.encode("cp1251")).text


def test_a_declared_charset_is_used_and_one_that_lies_is_noted() -> None:
    assert WESTERN == decode(WESTERN.encode("cp1252"), declared="iso-8859-1").text
    lied = decode(TEXT.encode(), declared="iso-8859-1")
    assert TEXT == lied.text
    assert ("declares 'iso-8859-1' but is utf-8",) == lied.notes


@pytest.mark.parametrize("declared", ["no-such-charset", "base64", "utf-16", "\x00"])
def test_a_declaration_that_cannot_hold_is_ignored(declared: str) -> None:
    assert TEXT == decode(TEXT.encode(), declared=declared).text


def test_a_few_damaged_bytes_do_not_turn_the_rest_of_a_text_into_another_encoding() -> None:
    decoded = decode(TEXT.encode() + b"\xff\xe2\x80 and more.")

    assert (TEXT + "\ufffd\ufffd and more.", "utf-8") == (decoded.text, decoded.encoding)
    assert ("bytes that are not utf-8 were replaced",) == decoded.notes


def test_nul_is_replaced_one_for_one_and_noted() -> None:
    (document,) = read(b"The mayor\x00 said so. The bridge is open.\n", name="nul")

    assert isinstance(document, Document)
    assert "The mayor\ufffd said so. The bridge is open.\n" == document.text
    assert ("1 NUL or lone surrogate replaced by U+FFFD",) == document.notes


def test_terminal_escapes_in_an_article_are_text_and_stay() -> None:
    (document,) = read(b"\x1b]52;c;aGk=\x07The mayor said \x1b[31mso\x1b[0m.\n", name="escape")

    assert isinstance(document, Document)
    assert "\x1b]52;c;aGk=\x07The mayor said \x1b[31mso\x1b[0m.\n" == document.text


def test_undeclared_cyrillic_is_windows_and_not_an_old_mac() -> None:
    text = "Мэр сказал: «Плотина выдержит до 2027 года», и все согласились. Это не конец."

    assert text == decode(text.encode("cp1251")).text
