"""Requests in the API: each operation calls one command or one query.

An operation of a command is called after the command. Reads are called:

    requests.list          the asker's staff list, as the desk filters it      (action requests.view)
    requests.view          one request                                         (requests.view)
    requests.history       its history; internal lines for those who may       (requests.view, requests.view_internal)
    requests.tabs          how many stand behind each saved filter             (requests.view)
    requests.status        where it stands, by number and status code          (open to anyone who has both)
    requests.list_public   the public requests of a place                      (requests.view_public)
    requests.view_public   one of them                                         (requests.view_public)
    requests.figures       rates with part, whole, left out and formula        (requests.view_figures)
    requests.replies       how soon first replies came                         (requests.view_figures)
"""

# The order of the modules is the order in the published description.
from linzhi.domains.requests.api import intake, lists, public, figures, acts  # noqa: F401, I001
from linzhi.domains.requests.api.routes import router

__all__ = ["READS", "router"]

READS = (
    "requests.list", "requests.view", "requests.history", "requests.tabs", "requests.status",
    "requests.list_public", "requests.view_public", "requests.figures", "requests.replies",
)  # fmt: skip
