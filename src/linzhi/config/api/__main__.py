"""`python -m linzhi.config.api > docs/openapi.json`: the description of the API as it is now."""

from __future__ import annotations

import os
import sys

import django


def main() -> None:
    """Print the OpenAPI description; asks no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linzhi.config.settings")
    django.setup()

    from linzhi.config.api.instance import description

    sys.stdout.write(description())


if __name__ == "__main__":
    main()
