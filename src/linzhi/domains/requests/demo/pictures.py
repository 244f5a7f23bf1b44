"""Small synthetic photos, drawn, so that nobody's home is shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from random import Random
from uuid import UUID

from PIL import Image, ImageDraw, ImageFilter

from linzhi.foundation.files.commands import StoreUpload, store_upload
from linzhi.foundation.files.intake import Prepared, prepare
from linzhi.kernel.actor import Actor

SIZE = (640, 480)
Draw = ImageDraw.ImageDraw


def _lamp(draw: Draw, random: Random) -> None:
    draw.polygon([(60, 480), (250, 210), (400, 210), (600, 480)], fill=(34, 36, 40))
    draw.rectangle((230, 110, 420, 215), fill=(12, 13, 15))
    for x in (262, 350):
        draw.rectangle((x, 120, x + 46, 132), fill=(70, 70, 66))
    draw.line([(60, 480), (250, 210)], fill=(120, 104, 40), width=5)
    draw.line([(600, 480), (400, 210)], fill=(120, 104, 40), width=5)


def _stair(draw: Draw, random: Random) -> None:
    for step in range(9):
        y = 470 - step * 42
        grey = 64 + step * 9
        draw.rectangle((110 + step * 18, y, 560 - step * 6, y + 40), fill=(grey + 6, grey + 4, grey), outline=(40, 40, 40))
    draw.rectangle((360, 220, 540, 330), fill=(118, 78, 50), outline=(60, 40, 26), width=4)
    draw.rectangle((380, 150, 470, 225), fill=(150, 128, 96), outline=(80, 66, 48), width=3)


def _lift(draw: Draw, random: Random) -> None:
    draw.rectangle((150, 60, 490, 470), fill=(150, 154, 158), outline=(80, 82, 84), width=8)
    draw.line([(320, 60), (320, 470)], fill=(70, 72, 74), width=6)
    draw.rectangle((520, 220, 560, 300), fill=(60, 62, 64))
    draw.ellipse((530, 232, 550, 252), fill=(200, 120, 40))


def _leak(draw: Draw, random: Random) -> None:
    draw.rectangle((0, 0, 640, 330), fill=(176, 172, 160))
    for _ in range(26):
        x, y, r = random.randrange(120, 520), random.randrange(60, 320), random.randrange(20, 80)
        draw.ellipse((x - r, y - r // 2, x + r, y + r), fill=(128 + random.randrange(16), 122, 100))
    draw.polygon([(0, 330), (640, 330), (640, 480), (0, 480)], fill=(86, 92, 96))


def _bins(draw: Draw, random: Random) -> None:
    for number, colour in enumerate(((46, 84, 60), (44, 70, 110), (90, 90, 90))):
        x = 90 + number * 170
        draw.rectangle((x, 190, x + 120, 400), fill=colour, outline=(20, 20, 20), width=4)
        for _ in range(5):
            a, b = x + random.randrange(-20, 90), 130 + random.randrange(70)
            draw.ellipse((a, b, a + 70, b + 60), fill=random.choice(((220, 220, 216), (60, 60, 64), (190, 160, 110))))


def _wire(draw: Draw, random: Random) -> None:
    draw.rectangle((0, 0, 640, 400), fill=(186, 178, 164))
    for floor in range(3):
        draw.rectangle((120, 40 + floor * 120, 250, 110 + floor * 120), fill=(120, 140, 150), outline=(70, 70, 70), width=4)
    draw.line([(190, 80), (260, 200), (280, 330), (360, 420)], fill=(20, 20, 20), width=6, joint="curve")
    draw.ellipse((330, 400, 410, 470), outline=(30, 30, 30), width=8)
    draw.ellipse((470, 400, 550, 470), outline=(30, 30, 30), width=8)
    draw.line([(370, 430), (430, 360), (510, 430)], fill=(150, 40, 36), width=10)


def _car(draw: Draw, random: Random) -> None:
    draw.rectangle((0, 300, 640, 480), fill=(96, 98, 100))
    draw.line([(40, 470), (600, 330)], fill=(210, 180, 60), width=8)
    draw.rectangle((140, 260, 520, 370), fill=(160, 40 + random.randrange(120), 60))
    draw.polygon([(210, 260), (260, 190), (420, 190), (470, 260)], fill=(60, 76, 90))
    for x in (190, 420):
        draw.ellipse((x, 330, x + 70, 400), fill=(24, 24, 24))


def _ground(draw: Draw, random: Random) -> None:
    for row in range(6):
        for column in range(8):
            x, y = column * 84 - row % 2 * 42, 120 + row * 62
            grey = 140 + random.randrange(40)
            draw.rectangle((x, y, x + 78, y + 56), fill=(grey, grey - 8, grey - 20), outline=(80, 78, 72), width=3)
    draw.polygon([(250, 260), (330, 236), (352, 300), (268, 318)], fill=(70, 62, 54))


def _wall(draw: Draw, random: Random) -> None:
    for row in range(12):
        for column in range(14):
            draw.rectangle((column * 48, row * 40, column * 48 + 45, row * 40 + 37), fill=(186 - random.randrange(20), 150, 120))
    draw.polygon([(180, 90), (330, 70), (390, 200), (300, 290), (190, 230)], fill=(120, 116, 110))


PICTURES: dict[str, tuple[Callable[[Draw, Random], None], tuple[int, int, int]]] = {
    "lamp": (_lamp, (18, 20, 24)), "stair": (_stair, (58, 56, 54)), "lift": (_lift, (96, 98, 102)), "leak": (_leak, (120, 116, 106)),
    "bins": (_bins, (150, 156, 150)), "wire": (_wire, (150, 150, 146)), "car": (_car, (150, 164, 176)), "tiles": (_ground, (110, 106, 100)),
    "wall": (_wall, (140, 120, 100)), "door": (_lift, (70, 72, 76)), "roof": (_wall, (120, 140, 160)), "slide": (_ground, (96, 140, 110)),
    "smoke": (_leak, (60, 60, 62)),
}  # fmt: skip


class Album:
    """Draws each kind of picture once (and its bright twin: how it looks afterwards) and uploads it for whoever sends it."""

    def __init__(self) -> None:
        self._prepared: dict[tuple[str, bool], Prepared] = {}

    def upload(self, actor: Actor, kind: str, at: datetime, *, after: bool = False) -> UUID:
        """A photo uploaded by the actor, not attached yet."""
        if (kind, after) not in self._prepared:
            self._prepared[kind, after] = prepare(io.BytesIO(draw(kind, after=after)), "photo.jpg")
        stored = store_upload(actor, StoreUpload(upload=self._prepared[kind, after]), at=at)
        return UUID(str(stored.pk))


def draw(kind: str, *, after: bool = False) -> bytes:
    """A picture as JPEG; the same each time. Raises KeyError for an unknown kind."""
    paint, ground = PICTURES[kind]
    image = Image.new("RGB", SIZE, ground)
    paint(ImageDraw.Draw(image), Random(kind))
    image = image.filter(ImageFilter.GaussianBlur(1.2))
    if after:
        image = Image.blend(image, Image.new("RGB", SIZE, (250, 244, 220)), 0.45)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
