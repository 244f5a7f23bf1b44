"""Once an hour the register is gone through, county by county and kind by kind."""

from linzhi.domains.compliance.jobs.refresh import refresh, refresh_county

__all__ = ["refresh", "refresh_county"]
