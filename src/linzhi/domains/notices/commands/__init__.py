"""Every change of notices. Importing this package registers the commands."""

from linzhi.domains.notices.commands.publish import Publish, publish
from linzhi.domains.notices.commands.withdraw import Withdraw, withdraw

__all__ = ["Publish", "Withdraw", "publish", "withdraw"]
