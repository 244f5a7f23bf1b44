"""Background work: evaluating everything once an hour, and what has changed within seconds."""

from linzhi.domains.compliance.jobs.follow import follow
from linzhi.domains.compliance.jobs.refresh import refresh, refresh_county

__all__ = ["follow", "refresh", "refresh_county"]
