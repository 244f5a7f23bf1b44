"""Photos: opened with care, turned upright, made smaller, and drawn anew so that nothing but pixels is left."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from linzhi.foundation.files.kinds import JPEG, PNG, Kind, refuse

LONGEST, THUMB = 2560, 480
MOST_PIXELS = 40_000_000
MOST_PIXELS_JPEG = 120_000_000  # today's phones; a JPEG is decoded at a reduced size, so memory stays small
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_JPEG
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


@dataclass(frozen=True)
class Picture:
    """The photo as it is kept, with its thumbnail (always a JPEG)."""

    content: bytes
    thumb: bytes
    width: int
    height: int


def redraw(content: bytes, kind: Kind) -> Picture:
    """The photo without EXIF, GPS, comments or trailing data, upright, at most 2560 pixels long, and a thumbnail of 480.

    Refused when it can't be read to the end, or has more pixels than a camera makes.
    """
    name = _FORMATS[kind.content_type]
    try:
        with Image.open(io.BytesIO(content), formats=[name]) as probe:
            _check_size(probe, kind)
            probe.verify()
        with Image.open(io.BytesIO(content), formats=[name]) as source:
            if kind is JPEG:
                source.draft("RGB", (LONGEST, LONGEST))
            source.load()
            image = _bare(ImageOps.exif_transpose(source))
    except Image.DecompressionBombError as error:
        raise _too_many() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise refuse("broken", _("这张照片打不开，可能没传完。请再传一次。")) from error
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    small = _flat(image.copy())
    small.thumbnail((THUMB, THUMB), Image.Resampling.LANCZOS)
    return Picture(_encode(image, kind), _jpeg(small, 80), image.width, image.height)


def _check_size(image: Image.Image, kind: Kind) -> None:
    if image.width * image.height > (MOST_PIXELS_JPEG if kind is JPEG else MOST_PIXELS):
        raise _too_many()


def _too_many() -> Exception:
    return refuse("bomb", _("这张图的像素太多了。请用手机重新拍一张，或者截图再传。"))


def _bare(image: Image.Image) -> Image.Image:
    """Only pixels, in sRGB: a new image takes over no metadata."""
    profile = image.info.get("icc_profile")
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    plain = image.convert("RGBA" if has_alpha else "RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode=plain.mode)
            plain = converted or plain
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken or foreign profile: the colours stay as they are
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def _flat(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _encode(image: Image.Image, kind: Kind) -> bytes:
    if kind is JPEG:
        return _jpeg(_flat(image), 85)
    out = io.BytesIO()
    if kind is PNG:
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
