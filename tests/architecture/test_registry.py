"""What is registered at run time agrees with itself: commands, actions, events, jobs, the command line."""

from __future__ import annotations

import importlib
import inspect

from linzhi.config.cli import COMMANDS
from linzhi.config.timetable import timetable
from linzhi.config.wiring import SUBSCRIPTIONS
from linzhi.foundation.access.actions import all_actions, all_roles
from linzhi.foundation.commands.execution import all_commands
from linzhi.foundation.outbox.events import subscriptions


def test_every_command_has_a_declared_action() -> None:
    assert set(all_commands()) - {action.code for action in all_actions()} == set()


def test_every_command_says_what_it_does_and_when_it_is_refused() -> None:
    assert [code for code, command in all_commands().items() if not inspect.getdoc(command)] == []


def test_every_action_has_a_title_in_chinese() -> None:
    assert [a.code for a in all_actions() if not any("\u4e00" <= letter <= "\u9fff" for letter in str(a.title))] == []


def test_every_role_that_holds_an_action_is_declared() -> None:
    special = ("anyone", "signed_in")
    held = {rule.role for action in all_actions() for rule in action.rules if not rule.role.startswith("system:")}
    assert held - set(special) - set(all_roles()) == set()


def test_every_subscription_is_in_the_wiring() -> None:
    assert subscriptions() == sorted((event.name, name) for event, name, *_ in SUBSCRIPTIONS)


def test_every_handler_has_a_name_of_its_own_per_event() -> None:
    pairs = [(event.name, name) for event, name, *_ in SUBSCRIPTIONS]
    assert len(pairs) == len(set(pairs))


def test_every_job_of_the_timetable_has_a_name_of_its_own() -> None:
    names = [job.name for job in timetable()]
    assert len(names) == len(set(names))


def test_every_command_of_the_command_line_can_be_imported() -> None:
    for file, attribute in COMMANDS.values():
        assert getattr(importlib.import_module(f"linzhi.config.cli.{file}"), attribute).help
