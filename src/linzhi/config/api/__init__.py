"""The API under /api/v1/: one NinjaAPI, who may call it, and the one shape of every error.

    path("api/v1/", api.urls)        with    from linzhi.config.api.instance import api

The published description is docs/openapi.json; `python -m linzhi.config.api` prints it.
"""
