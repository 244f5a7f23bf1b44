"""Every change of consents. Importing this package registers the commands."""

from linzhi.foundation.consents.commands.give import Give, give
from linzhi.foundation.consents.commands.publish_text import PublishText, publish_text
from linzhi.foundation.consents.commands.withdraw import Withdraw, withdraw

__all__ = ["Give", "PublishText", "Withdraw", "give", "publish_text", "withdraw"]
