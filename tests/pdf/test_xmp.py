"""How dates are written so that no validator takes them for a fault."""

import pikepdf
import pytest

from booklet.pdf.xmp import utc_dates


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("D:20261101123000+00'00", "D:20261101123000Z"),
        ("D:20261101123000+00'00'", "D:20261101123000Z"),
        ("D:20261101123000-00'00'", "D:20261101123000Z"),
        ("D:20261101123000Z", "D:20261101123000Z"),
        ("D:20261101123000+09'00'", "D:20261101123000+09'00'"),
    ],
)
def test_a_date_in_utc_ends_in_z_and_another_stays(written, wanted):
    with pikepdf.new() as document:
        document.docinfo["/CreationDate"] = written
        utc_dates(document.docinfo)
        assert str(document.docinfo["/CreationDate"]) == wanted
        assert "/ModDate" not in document.docinfo
