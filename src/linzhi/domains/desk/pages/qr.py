"""A QR code as an address that an `<img>` can show, for paper that is handed over."""

from __future__ import annotations

import segno


def square(text: str) -> str:
    """The code of a text as a `data:` address of an SVG; medium error correction, so that a fold in the paper doesn't spoil it."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2)
