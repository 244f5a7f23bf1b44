"""One's own data as a ZIP: the same twice, as JSON for programs and as a page for people. Nothing in it needs a network."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime

from django.template.loader import render_to_string

from linzhi.foundation.privacy.personal import Section


def pack(sections: Sequence[Section], at: datetime) -> bytes:
    """The ZIP: `data.json` and `我的信息.html`."""
    data = {
        "exported_at": at.isoformat(),
        "sections": [
            {"title": section.title, "rows": [{label: _plain(value) for label, value in row} for row in section.rows]}
            for section in sections
        ],
    }
    page = render_to_string("rights/own_data.html", {"sections": sections, "at": at})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
        archive.writestr("我的信息.html", page)
    return file.getvalue()


def _plain(value: str | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else value
