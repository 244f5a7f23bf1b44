"""Photos as a phone takes them: a JPEG that says where it was taken."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

GPS, MAKER = 0x8825, 0x010F


def with_place(color: str = "#8a8f86") -> bytes:
    """A small JPEG with the maker and a place in its EXIF."""
    image = Image.new("RGB", (1200, 900), color)
    ImageDraw.Draw(image).polygon([(200, 700), (520, 420), (900, 690)], fill="#c9c2b4")
    exif = Image.Exif()
    exif[MAKER] = "Testphone"
    exif[GPS] = {1: "N", 2: (30.0, 15.0, 8.0), 3: "E", 4: (120.0, 10.0, 2.0)}
    made = BytesIO()
    image.save(made, "JPEG", exif=exif, quality=85)
    return made.getvalue()


def tags(data: bytes) -> dict[int, object]:
    """What a picture tells beside itself: its EXIF, the place included."""
    with Image.open(BytesIO(data)) as image:
        exif = image.getexif()
        return {**exif, **exif.get_ifd(GPS)}
