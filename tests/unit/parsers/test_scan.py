"""What the scan must not read: each body is plain but for one thing. lxml then says whether it is XML."""

from __future__ import annotations

import pytest
from test_xml_answers import operation

from boto.parsers.base import MODEL
from boto.parsers.envelope import Inline
from boto.parsers.scan import Scanner
from boto.parsers.walk import Unreadable, local, record, tree

ROWS = (
    ["S", "Out", {"A": "s", "N": "i", "L": 1, "C": 2, "U": 3, "M": 4, "F": [1, 16], "T": "b"}],
    ["L", "", "s"],
    ["S", "", {"X": "s"}],
    ["U", "", {"X": "s", "Y": "s"}],
    ["M", "", "s", "s"],
)
BROKEN = (
    "",
    " ",
    "x",
    "<",
    ">",
    "<>",
    "</>",
    "<R",
    "<R>",
    "</R>",
    "<R></S>",
    "<R><A>1</A>",
    "<R><A>1</A></R",
    "R></R>",
    "<R><A>1</N></R>",
    "<R><A>1<A></R>",
    "<R><A>1</A></A></R>",
    "<R><A>1</R></A>",
    "<R><A>1</A></R></R>",
    "<R><A>1</A></R><R></R>",
    "<R><A>1</A></R>x",
    "x<R><A>1</A></R>",
    "<R><new>1</old></R>",
    "<R><new>1</R></new>",
    "<R><L><member>1</L></member></R>",
    "<R><L><member>1</item></L></R>",
    "<R><F>1</A></R>",
    "<R><C><X>1</C></X></R>",
    "<R><M><entry><key>a</key><value>b</value></M></entry></R>",
    "<R><U><X>1</U></X></R>",
    "<R><1>x</1></R>",
    "<R><A>&lt</A></R>",
    "<R><A>&</A></R>",
    "<R><A>&nbsp;</A></R>",
    "<R><A>&#1;</A></R>",
    "<R><A>&#x0;</A></R>",
    "<R><A>&#xD800;</A></R>",
    "<R><A>&#xFFFF;</A></R>",
    "<R><A>&#99999999;</A></R>",
    "<R><A>&#x;</A></R>",
    "<R><A>&#-5;</A></R>",
    "<R><A>&#X41;</A></R>",
    "<R><A>&#4_1;</A></R>",
    "<R><A>&LT;</A></R>",
    "<R>&bad;<A>1</A></R>",
    "<R><A>]]></A></R>",
    "<R><A>\x0b</A></R>",
    "<R><A>\0</A></R>",
    "<R><A>\ufffe</A></R>",
    "<R><A>\uffff</A></R>",
    '<R xmlns="http://x/><A>1</A></R>',
    "<R xmlns=\"http://x/'><A>1</A></R>",
    '<R xmlns="http://x/"y="1"></R>',
    "<R xmlns=http://x/><A>1</A></R>",
    '<R y="1" y="1"><A>1</A></R>',
    '<R xmlns="http://a&b"><A>1</A></R>',
    "<R<A>1</A></R>",
    "<R><A<1</A></R>",
    "<R><A>1>/A></R>",
    "<R>>A<1</A></R>",
    "<R><A/>1</A></R>",
    "<R><A/b></R>",
    '<?xml version="1.0" encoding="UTF-8"?',
    "<?xml ?><R/>",
    '\n<?xml version="1.0"?><R></R>',
    "<R><?xml version='1.0'?></R>",
    '<?xml version="1.0"?>x<R></R>',
    '<?xml version="1.0"?><?xml version="1.0"?><R></R>',
    "<R><!-- -- --></R>",
    "<R><p:A>1</p:A></R>",
    "<html><A>1</A>",
    "<R><A>1</A ></R x>",
)
# XML, but nothing for the scan: it would read another value than lxml, or cannot know.
UNUSUAL = (
    "<R><A>\r\n</A></R>",
    "<R><A><![CDATA[x]]></A></R>",
    "<R><A>x<!-- -->y</A></R>",
    "<R><A>1</A><A>2</A></R>",
    "<R><C><X>1</X></C><C/></R>",
    "<R><U><X>1</X><X>2</X></U></R>",
    "<R><U><Z>1</Z></U></R>",
    "<R><L><item>1</item></L></R>",
    "<R><N/></R>",
    "<R><T>True</T></R>",
    "<R><T/></R>",
    "<R><A >1</A></R>",
    '<R><A x="1">1</A></R>',
    "<R><A>1</A ></R>",
    "<R><A>1<b>2</b></A></R>",
    "<R><new><A>1</A></new></R>",
    '<?xml version="1.0" encoding="iso-8859-1"?><R><A>e</A></R>',
    '<R a="1"><A>1</A></R>',
    "<R/>",
    '<x:R xmlns:x="http://x/"><A>1</A></x:R>',
    "<R><M><entry><key>a</key></entry></M></R>",
)


def envelope() -> Inline:
    return Inline(operation(*ROWS, o=0), MODEL)


@pytest.mark.parametrize("body", BROKEN)
def test_what_is_no_xml_is_not_scanned(body: str) -> None:
    raw = body.encode()
    assert envelope().scanner.scan(raw) is None
    with pytest.raises(Unreadable):
        record(envelope().record, tree(raw))


@pytest.mark.parametrize("body", UNUSUAL)
def test_what_is_unusual_is_left_to_lxml(body: str) -> None:
    try:
        record(envelope().record, tree(body.encode()))
    except Unreadable as error:
        assert "members, where exactly one is set" not in str(error)
    assert envelope().scanner.scan(body.encode()) is None


@pytest.mark.parametrize(
    "body",
    [
        "<R></R>",
        "<R>\n</R>\n",
        '<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="http://x.example/doc/"></R>',
        "<R><A>&#65;&#x42;&amp;&lt;&gt;&quot;&apos;&#13;</A></R>",
        "<R>junk<A> 1 </A>&amp;</R>",
        "<R><L/><M/><C/><A/></R>",
        "<R><L><member/><member>2</member></L><F>1</F><F></F></R>",
        "<R><T>false</T><N> 7 </N></R>",
        "<R><M>\n<entry><key>a</key><value>é</value><more>1</more></entry></M><U><Y>2</Y></U></R>",
    ],
)
def test_what_is_plain_is_scanned_to_the_same(body: str) -> None:
    answer = envelope()
    root = tree(body.encode())
    assert answer.scanner.scan(body.encode()) == (local(root.tag), record(answer.record, root))


def test_big_bodies_are_read_in_pieces_to_the_same() -> None:
    answer = envelope()
    members = "".join(f"<F>{number}&amp;</F>\n" + " " * (number % 70) for number in range(20_000))
    body = f"<R>{members}<A>{'long ' * 20_000}</A></R>".encode()
    found = answer.scanner.scan(body)
    assert found is not None
    assert found == ("R", record(answer.record, tree(body)))
    assert found[1]["f"][19_999] == "19999&"
    assert answer.scanner.scan(body[:-4]) is None
    assert answer.scanner.scan(body.replace(b"<F>777&amp;</F>", b"<F>777&amp;</G>")) is None


def test_strange_tags_are_not_remembered_without_end() -> None:
    scanner = Scanner(envelope().record)
    tags = "".join(f"<t{number}>1</t{number}>" for number in range(5000))
    assert scanner.scan(f"<R>{tags}<A>1</A></R>".encode()) == ("R", {"a": "1"})
    inner = [cell.cell_contents for cell in getattr(scanner._scan, "__closure__", ())]
    learn = next(function for function in inner if getattr(function, "__name__", "") == "learn")
    remembered = [cell.cell_contents for cell in learn.__closure__ if isinstance(cell.cell_contents, dict)]
    assert 1 < len(remembered[0]) < 100
