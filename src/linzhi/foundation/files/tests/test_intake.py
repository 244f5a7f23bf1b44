"""What is taken, what is refused, and what is left of a photo."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from linzhi.foundation.files import blobs, kinds, pictures
from linzhi.foundation.files.intake import clean_name, prepare
from linzhi.kernel.refused import Refused


def take(content: bytes, name: str = ""):
    return prepare(io.BytesIO(content), name)


def kept(prepared, thumb: bool = False) -> Image.Image:
    return Image.open(blobs.path_of(prepared.sha256, thumb=thumb))


def with_gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif[0x0132] = "2026:11:20 10:00:00"
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (36.0, 25.0, 0.0), 3: "E", 4: (119.0, 12.0, 0.0)})
    return exif


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_exif_gps_and_comments_are_gone(photo, fmt):
    content = photo(fmt=fmt, exif=with_gps(), **({"comment": b"at home"} if fmt == "JPEG" else {}))
    assert b"PhoneMaker" in content
    prepared = take(content)
    for thumb in (False, True):
        raw = blobs.path_of(prepared.sha256, thumb=thumb).read_bytes()
        assert b"PhoneMaker" not in raw
        assert b"at home" not in raw
        image = Image.open(io.BytesIO(raw))
        assert not image.getexif()
        assert not {"exif", "comment", "xmp", "icc_profile"} & set(image.info)


def test_a_photo_is_turned_upright(photo):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    prepared = take(photo(size=(400, 200), exif=exif))
    assert (prepared.width, prepared.height) == (200, 400)
    assert kept(prepared).getpixel((100, 50))[0] > 200  # what was left is on top


def test_a_large_photo_becomes_smaller_and_gets_a_thumbnail(photo):
    prepared = take(photo(size=(5200, 2600)))
    assert (prepared.width, prepared.height) == (2560, 1280)
    assert kept(prepared).size == (2560, 1280)
    assert max(kept(prepared, thumb=True).size) == 480


def test_transparency_is_kept_in_the_photo_and_white_in_the_thumbnail(photo):
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")
    prepared = take(out.getvalue())
    assert kept(prepared).mode == "RGBA"
    assert kept(prepared, thumb=True).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("mode", "fmt"), [("L", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("1", "PNG")])
def test_unusual_colour_modes_are_taken(mode, fmt):
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, fmt)
    assert take(out.getvalue()).width == 30


def test_the_content_decides_and_not_the_name(photo):
    assert take(photo(fmt="PNG"), "report.pdf").kind == kinds.PNG
    with pytest.raises(Refused, match=r"files\.kind"):
        take(b"<html><script>alert(1)</script></html>", "photo.jpg")
    with pytest.raises(Refused, match=r"files\.kind"):
        take(b"MZ\x90\x00" + bytes(200), "photo.jpg")
    with pytest.raises(Refused, match=r"files\.kind"):
        take(b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "drawing.svg")


def test_of_a_polyglot_only_the_pixels_are_left(photo):
    tail = io.BytesIO()
    with zipfile.ZipFile(tail, "w") as parts:
        parts.writestr("evil.js", "alert(1)")
    prepared = take(photo() + b"<script>alert(1)</script>" + tail.getvalue())
    raw = blobs.path_of(prepared.sha256).read_bytes()
    assert b"script" not in raw
    assert not zipfile.is_zipfile(io.BytesIO(raw))


def test_heic_is_refused_with_what_to_do_instead():
    with pytest.raises(Refused, match="heic") as caught:
        take(b"\x00\x00\x00\x18ftypheic" + bytes(100), "IMG_0001.HEIC")
    assert "兼容性最佳" in caught.value.message


def bomb_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = bytes(1 + (width + 7) // 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * 50)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(7000, 7000), (30_000, 30_000), (100_000, 100_000)])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unpacked"))
    with pytest.raises(Refused, match="bomb"):
        take(bomb_png(*size))


def test_a_truncated_or_empty_photo_is_refused(photo):
    with pytest.raises(Refused, match="broken"):
        take(photo()[:-600])
    with pytest.raises(Refused, match="empty"):
        take(b"")


def test_too_large_files_are_refused(photo, monkeypatch):
    monkeypatch.setattr(kinds, "PHOTO_BYTES", 1000)
    with pytest.raises(Refused, match="too_large"):
        take(photo())
    monkeypatch.setattr(kinds, "OTHER_BYTES", 50)
    with pytest.raises(Refused, match="too_large"):
        take(b"%PDF-1.7\n" + bytes(100) + b"%%EOF")


def test_a_pdf_is_taken_whole_and_a_broken_or_runnable_one_refused():
    plain = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    prepared = take(plain, "物业合同.pdf")
    assert (prepared.kind, prepared.name) == (kinds.PDF, "物业合同.pdf")
    assert blobs.path_of(prepared.sha256).read_bytes() == plain
    with pytest.raises(Refused, match="broken"):
        take(plain[:20])
    with pytest.raises(Refused, match="runnable"):
        take(plain.replace(b"<<>>endobj", b"<</S/JavaScript/JS(app.alert(1))>>endobj"))


def workbook(*extra: str, size: int = 10) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in ("[Content_Types].xml", "xl/workbook.xml", *extra):
            parts.writestr(name, b"0" * size)
    return out.getvalue()


def test_a_workbook_is_taken_and_macros_zips_and_bombs_refused(monkeypatch):
    assert take(workbook(), "册.xlsx").kind == kinds.EXCEL
    with pytest.raises(Refused, match="runnable"):
        take(workbook("xl/vbaProject.bin"))
    plain_zip = io.BytesIO()
    with zipfile.ZipFile(plain_zip, "w") as parts:
        parts.writestr("a.txt", "a")
    with pytest.raises(Refused, match="kind"):
        take(plain_zip.getvalue(), "a.xlsx")
    with pytest.raises(Refused, match="broken"):
        take(workbook()[:40])
    monkeypatch.setattr(kinds, "SHEET_UNPACKED", 1000)
    with pytest.raises(Refused, match="bomb"):
        take(workbook(size=900))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_taken_in_the_encodings_people_use(encoding):
    assert take("编号,内容\n1,路灯坏了\n".encode(encoding), "热线.csv").kind == kinds.CSV


@pytest.mark.parametrize("content", [b"a,b\x00c", b"<html>,", b"#!/bin/sh\n", b"\xff\xfe\x81"])
def test_something_else_called_csv_is_refused(content):
    with pytest.raises(Refused, match="kind"):
        take(content, "a.csv")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/合同.pdf", "合同.pdf"),
        ("C:\\我的\\合同.docx", "合同.pdf"),
        ("王某13800000001.pdf", "王某138****0001.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("长" * 90, "长" * 40 + ".pdf"),
        ("", ""),
    ],
)
def test_of_a_name_a_clean_short_form_is_kept(name, clean):
    assert clean_name(name, "pdf") == clean


def test_the_same_content_is_one_blob(photo, blob_folder):
    assert take(photo()).sha256 == take(photo()).sha256
    assert len([p for p in blob_folder.rglob("*") if p.is_file()]) == 2  # the photo and its thumbnail


def test_a_write_that_fails_leaves_nothing_behind(blob_folder, monkeypatch):
    def killed(descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(blobs.os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        blobs.write(b"x")
    assert not [p for p in blob_folder.rglob("*") if p.is_file()]


def test_a_blob_is_named_by_a_digest_and_nothing_else():
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.path_of("../../etc/passwd")


def test_nothing_is_decoded_that_pillow_would_guess_to_be_something_else(photo):
    assert set(pictures._FORMATS.values()) == {"JPEG", "PNG", "WEBP"}
    with pytest.raises(Refused, match="broken"):
        take(b"\xff\xd8\xff" + photo(fmt="PNG"))
