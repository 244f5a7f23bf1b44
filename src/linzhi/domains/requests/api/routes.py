"""The one router of the requests' operations: GET and POST of the same address have to stand in the same router."""

from ninja import Router

router = Router(tags=["诉求"])
