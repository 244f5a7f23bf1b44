"""What the rows of the packs' tables are called on the screen: the words of `policy.spoken`."""

from linzhi.policy.spoken import ROWS

__all__ = ["ROWS"]
