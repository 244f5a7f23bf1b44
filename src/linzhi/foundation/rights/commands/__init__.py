"""Every act on a person's rights over their data. Importing this package registers the commands."""

from linzhi.foundation.rights.commands.answer_correction import AnswerCorrection, answer_correction
from linzhi.foundation.rights.commands.apply_retention import ApplyRetention, apply_retention
from linzhi.foundation.rights.commands.ask_correction import AskCorrection, ask_correction
from linzhi.foundation.rights.commands.begin_rotation import BeginRotation, begin_rotation
from linzhi.foundation.rights.commands.drop_keys import DropKeys, drop_keys
from linzhi.foundation.rights.commands.erase import Erase, erase
from linzhi.foundation.rights.commands.export import Export, export
from linzhi.foundation.rights.commands.lift_hold import LiftHold, lift_hold
from linzhi.foundation.rights.commands.place_hold import PlaceHold, place_hold
from linzhi.foundation.rights.commands.read_correction import ReadCorrection, read_correction
from linzhi.foundation.rights.commands.replay_erasure import ReplayErasure, replay_erasure

__all__ = [
    "AnswerCorrection", "ApplyRetention", "AskCorrection", "BeginRotation", "DropKeys", "Erase", "Export", "LiftHold", "PlaceHold",
    "ReadCorrection", "ReplayErasure", "answer_correction", "apply_retention", "ask_correction", "begin_rotation", "drop_keys", "erase",
    "export", "lift_hold", "place_hold", "read_correction", "replay_erasure",
]  # fmt: skip
