"""复核业主表决的导出文件：重新计票，核对规则、名册、送达、选票、清单和结果。

用法 / usage:  python3 verify.py EXPORT.json [--published PUBLISHED.json] [--receipt RECEIPT.json] [--json]

This one file needs Python 3.9 or newer and nothing else. It counts in its own way, from the ballots and the roll, by the Civil Code
(民法典) Art. 278 and 279, and says which part of the file doesn't hold together. Exit 0: agrees; 1: differs; 2: can't be read.

A file in which somebody changed a ballot and then wrote every hash anew agrees with itself. What was put up while the vote ran shows it:
give that file with --published.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import sys
from collections import Counter
from fractions import Fraction
from operator import itemgetter
from pathlib import Path
from typing import Any

FORMAT, RECEIPT, VERSION = "linzhi-vote-export", "linzhi-vote-receipt", 1
LAW: Any = {"quorum": "2/3", "special": "3/4", "special_items": [6, 7, 8], "ordinary": "1/2"}  # 民法典第二百七十八条第二款
SIDES = ("agree", "oppose", "abstain")
OPTIONS = {
    "unreturned_delivered": ("not_participating", "abstain", "follow_majority"), "invalid_ballot": ("not_participating", "abstain"),
    "co_owner_conflict": ("invalid", "abstain"), "duplicate": ("last_wins", "first_locks"), "parking_counted": (True, False),
}  # fmt: skip
PARTS = {
    "vote": "表决编号", "rules": "规则", "roll": "名册", "proceedings": "送达和过户", "ballot": "选票", "commitments": "选票清单",
    "merkle_root": "默克尔根", "result": "结果", "published": "与公布的不同", "receipt": "回执",
}  # fmt: skip


class Unreadable(ValueError):
    """The file isn't one that this program knows."""


_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def digest(part: Any) -> str:
    """SHA-256 of a part of the file, written as JSON with sorted keys and without blanks."""
    return hashlib.sha256(_write(part).encode()).hexdigest()


def commitment(vote: str, row: Any) -> str:
    """What is published of a ballot: SHA-256 of the lines below; without the salt nobody can guess the choice from it."""
    proxy = [row.get("proxy_for", ""), "written" if row.get("written") else ""]
    lines = ["linzhi-vote-ballot/1", vote, row["salt"], str(row["seq"]), str(row["t"]), row["voter"], row["choice"], *proxy]
    which = ["all"] if row["units"] is None else [str(len(row["units"])), *row["units"]]
    text = "\n".join(lines + which)
    if text.count("\n") != len(lines) + len(which) - 1:
        raise Unreadable("选票的内容里不能换行")
    return hashlib.sha256(text.encode()).hexdigest()


def leaf(text: str) -> bytes:
    """The leaf of one commitment."""
    return hashlib.sha256(b"\0" + bytes.fromhex(text)).digest()


def above(row: list[bytes]) -> list[bytes]:
    """The next row of the tree; one without a neighbour goes up as it is."""
    joined = [hashlib.sha256(b"\1" + row[at] + row[at + 1]).digest() for at in range(0, len(row) - 1, 2)]
    return joined + row[len(joined) * 2 :]


def merkle_root(commitments: list[str]) -> str:
    """The root over the commitments in their order: the tree of RFC 6962."""
    row = [leaf(one) for one in commitments]
    while len(row) > 1:
        row = above(row)
    return (row[0] if row else hashlib.sha256(b"").digest()).hex()


def root_from(one: str, path: list[list[str]]) -> str:
    """The root to which a path leads."""
    node = leaf(one)
    for side, other in path:
        pair = bytes.fromhex(other) + node if side == "left" else node + bytes.fromhex(other)
        node = hashlib.sha256(b"\1" + pair).digest()
    return node.hex()


def recount(export: Any) -> Any:
    """The result, from the rules, the roll, what happened and the ballots of a full file."""
    matter, options, roll = export["rules"]["matter"], export["rules"]["options"], export["roll"]
    units = {unit["id"]: (unit, head) for group in roll["groups"] for head in [frozenset(group["owners"])] for unit in group["units"]}
    parking = set() if options["parking_counted"] else {name for name, (unit, _head) in units.items() if unit.get("kind") == "parking"}
    if "art279" in matter:
        return _unanimity(export, units, parking, matter["art279"])
    for name in parking:
        del units[name]
    if roll["building"]:
        units = {name: pair for name, pair in units.items() if pair[0].get("building", "") == roll["building"]}
    voices = _voices(export, units)
    heads = {head for _unit, head in units.values()}
    whole = {"total_area": sum([unit["area"] for unit, _head in units.values()]), "total_heads": len(heads)}
    strict = _count(whole, units, voices, matter["item"])
    result = {"strict": strict, "deemed": None, "deemed_side": "", "passed": strict["passed"]}
    if options["unreturned_delivered"] == "not_participating":
        return result
    side = "abstain" if options["unreturned_delivered"] == "abstain" else _leader(strict, options["follow_floor"])
    if side:
        answered = {units[name][1] for name in voices}
        served = set(export["proceedings"]["served"])
        silent = [name for name, (_unit, head) in units.items() if name in served and head not in answered]
        voices = {**voices, **dict.fromkeys(silent, side)}
    deemed = _count(whole, units, voices, matter["item"])
    return {**result, "deemed": deemed, "deemed_side": side, "passed": deemed["passed"]}


def _unanimity(export: Any, everything: Any, parking: Any, about: Any) -> Any:
    """民法典第二百七十九条: every other owner of the building, and whoever else has shown an interest, agrees."""
    applicant, own = everything[about["unit"]]
    also, near = set(about["also_interested"]), {}
    for name, (unit, head) in everything.items():
        beside = name not in parking and unit.get("building", "") == applicant.get("building", "")
        if head != own and (beside or name in also or head & also):
            near[name] = (unit, head)
    said: Any = {head: set() for _unit, head in near.values()}
    for name, voice in _voices(export, near).items():
        said[near[name][1]].add(voice)
    consenting = sum(voice - {"invalid"} == {"agree"} for voice in said.values())
    return {"interested_heads": len(said), "consenting_heads": consenting, "passed": consenting == len(said)}


def _voices(export: Any, units: Any) -> Any:
    """What each unit said, for units of which a ballot came back: a side, or "invalid"."""
    options, guardians = export["rules"]["options"], export["roll"]["guardians"]
    periods, by_person = _periods(export, units)
    in_time = [row for row in export["ballots"] if 0 <= row["t"] <= export["proceedings"]["close"]]
    brought, cast, nobody = dict[str, Any](), dict[str, Any](), (None, ())
    proxies = sorted((row for row in in_time if row.get("proxy_for")), key=itemgetter("t", "seq"))
    for row in [row for row in in_time if not row.get("proxy_for")] + proxies:
        voter, person = row["voter"], row.get("proxy_for") or row["voter"]
        if person in guardians:
            if guardians[person] != voter:
                continue
            person = voter
        elif person != voter and not row.get("written"):
            continue
        named = by_person.get(person, ()) if row["units"] is None else row["units"]
        may = []
        for name in named:
            who = [persons for begin, persons in periods[name] if begin <= row["t"]][-1] if name in periods else units.get(name, nobody)[1]
            if person in who:
                may.append(name)
        if may and person != voter and options["proxy_limit"] is not None:
            principals = brought.setdefault(voter, set())
            if person not in principals and len(principals) >= options["proxy_limit"]:
                continue
            principals.add(person)
        vote = (row["t"], row["seq"], person, row["choice"])
        for name in may:
            cast.setdefault(name, []).append(vote)
    for name, votes in cast.items():
        cast[name] = votes[0][3] if len(votes) == 1 and votes[0][3] in SIDES else _voice(periods.get(name), votes, options)
    return cast


def _periods(export: Any, units: Any) -> Any:
    """For units whose voters aren't simply their owners: since when who may vote. And which units a person may ever vote for."""
    guardians, changes = export["roll"]["guardians"], dict[str, Any]()
    for one in sorted(export["proceedings"]["transfers"], key=lambda each: each["t"]):
        changes.setdefault(one["unit"], []).append((one["t"], one["to"]))
    periods, by_person = dict[str, Any](), dict[str, Any]()
    by_name = any(row["units"] is None for row in export["ballots"])
    for name, (unit, head) in units.items():
        if guardians or unit.get("rep") or name in changes:
            first = (-1, [unit["rep"]] if unit.get("rep") else head)
            rows = [first, *changes.get(name, ())]
            periods[name] = [(begin, frozenset(guardians.get(one, one) for one in persons)) for begin, persons in rows]
        if by_name:
            for one in frozenset().union(*(persons for _begin, persons in periods[name])) if name in periods else head:
                by_person.setdefault(one, []).append(name)
    return periods, by_person


def _voice(periods: Any, votes: Any, options: Any) -> str:
    """What the ballots of one unit say together."""
    spoilt = "abstain" if options["invalid_ballot"] == "abstain" else "invalid"
    good = sorted(vote for vote in votes if vote[3] != "invalid")
    if not good:
        return spoilt
    by_person: Any = {}
    for t, _seq, person, choice in good:
        if periods:
            begun = -1
            for begin, persons in reversed([row for row in periods if row[0] <= t]):
                if person not in persons:
                    break
                begun = begin
            if begun > good[0][0]:
                continue  # whoever owned the unit before has voted for it
        by_person.setdefault(person, []).append(choice)
    said = {choices[-1 if options["duplicate"] == "last_wins" else 0] for choices in by_person.values()}
    if len(said) == 1:
        return said.pop()
    return "abstain" if options["co_owner_conflict"] == "abstain" else spoilt


def _count(whole: Any, units: Any, voices: Any, item: int) -> Any:
    """Areas by unit, heads by owner, and the four tests."""
    area, said = dict.fromkeys(SIDES, 0), dict[Any, str]()
    for name, voice in voices.items():
        if voice in area:
            unit, head = units[name]
            area[voice] += unit["area"]
            said[head] = voice if said.get(head, voice) == voice else "split"
    heads = Counter(said.values())
    found = {**whole, "split_heads": heads["split"]}
    for side in SIDES:
        found[f"{side}_area"], found[f"{side}_heads"] = area[side], heads[side]
    return _tests(found, item)


def _tests(count: Any, item: int) -> Any:
    """The four tests of 民法典第二百七十八条第二款, from the totals: both shares of participation, both of consent."""
    special = item in LAW["special_items"]
    share = Fraction(LAW["special"] if special else LAW["ordinary"])
    found: Any = dict(count)
    for what in ("area", "heads"):
        agree, total = count[f"agree_{what}"], count[f"total_{what}"]
        part = sum(count[f"{side}_{what}"] for side in SIDES) + (count["split_heads"] if what == "heads" else 0)
        found[f"part_{what}"] = part
        found[f"q_{what}"] = total > 0 and Fraction(part, total) >= Fraction(LAW["quorum"])
        found[f"a_{what}"] = part > 0 and (Fraction(agree, part) >= share if special else Fraction(agree, part) > share)
    found["quorum_met"] = found["q_area"] and found["q_heads"]
    found["passed"] = found["quorum_met"] and found["a_area"] and found["a_heads"]
    return found


def _leader(count: Any, floor: Any) -> str:
    """The side alone in front by area and by heads, above the floor in both; or none."""
    for side in SIDES:
        others = [one for one in SIDES if one != side]
        if all(count[f"{side}_{what}"] > max(count[f"{one}_{what}"] for one in others) for what in ("area", "heads")):
            shares = [Fraction(count[f"{side}_{what}"], count[f"total_{what}"]) for what in ("area", "heads")]
            return side if floor is None or min(shares) > Fraction(floor) else ""
    return ""


def check(export: Any, published: Any = None, receipt: Any = None) -> list[tuple[str, str]]:
    """What doesn't hold together, as (part, sentence); empty where all agrees. Unreadable for a file of another kind or a broken one."""
    try:
        if export["format"] != FORMAT or export["version"] != VERSION or export["kind"] not in ("full", "public"):
            raise Unreadable("不是本程序能读的表决导出文件")
        found = _hash(export, "rules") + _rules(export["rules"])
        if export["kind"] == "full":
            found += _hash(export, "roll") + _roll(export["roll"]) + _hash(export, "proceedings") + _ballots(export)
        found += _commitments(export["commitments"], export["merkle_root"])
        right = recount(export) if export["kind"] == "full" else _tests_of(export["result"], export["rules"]["matter"])
        found += [("result", f"{name}：文件写 {told}，应为 {is_}") for name, told, is_ in _differences(export["result"], right)]
        found += _published(export, published) if published is not None else []
        return found + (_receipt(export, receipt) if receipt is not None else [])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"文件残缺或写法不对（{type(error).__name__}: {error}）") from error


def _hash(export: Any, name: str) -> list[tuple[str, str]]:
    return [] if digest(export[name]) == export["hashes"][name] else [(name, f"{PARTS[name]}的摘要不符：内容被改过")]


def _rules(rules: Any) -> list[tuple[str, str]]:
    found = [] if rules["law"] == LAW else [("rules", "法定比例与民法典第二百七十八条不同")]
    for name, allowed in OPTIONS.items():
        if rules["options"][name] not in allowed:
            raise Unreadable(f"规则 {name} 没有 {rules['options'][name]!r} 这种")
    if rules["options"]["unreturned_delivered"] != "not_participating" and not rules["options"]["clause"]:
        found.append(("rules", "把未交回的票计入，却没有写明议事规则的条款"))
    return found


def _roll(roll: Any) -> list[tuple[str, str]]:
    found, seen, heads = [], set(), set()
    for group in roll["groups"]:
        head = frozenset(group["owners"])
        if not head or head in heads or group["heads"] != 1:
            found.append(("roll", f"业主 {'、'.join(sorted(head))} 应当只算一人"))
        heads.add(head)
        area = 0
        for unit in group["units"]:
            area += unit["area"] or 0
            if unit["id"] in seen or (unit["area"] or 0) < 0:
                found.append(("roll", f"房屋 {unit['id']} 重复，或面积小于零"))
            seen.add(unit["id"])
        if area != group["area"]:
            found.append(("roll", f"业主 {'、'.join(sorted(head))} 的面积不等于各房屋之和"))
    return found


def _ballots(export: Any) -> list[tuple[str, str]]:
    found, seen = [], set()
    listed, made = set(export["commitments"]), set()
    for row in export["ballots"]:
        made.add(own := commitment(export["vote"], row))
        if own not in listed:
            found.append(("ballot", f"第 {row['seq']} 票被改过，或是后加的：它的承诺值不在选票清单里"))
        if row["seq"] in seen or row["choice"] not in (*SIDES, "invalid"):
            found.append(("ballot", f"第 {row['seq']} 票编号重复，或没有这种选项"))
        seen.add(row["seq"])
    if missing := len(listed - made):
        found.append(("ballot", f"选票清单里有 {missing} 票，文件里没有对应的选票"))
    return found


def _commitments(listed: Any, root: str) -> list[tuple[str, str]]:
    found = [] if merkle_root(listed) == root else [("commitments", "选票清单与它的默克尔根不符：清单被改过")]
    return found if listed == sorted(set(listed)) else [*found, ("commitments", "选票清单没有按承诺值排列，或有重复")]


def _tests_of(said: Any, matter: Any) -> Any:
    """For the public file: the tests, from the totals that it states."""
    if "art279" in matter:
        return {**said, "passed": said["consenting_heads"] == said["interested_heads"]}
    strict, deemed = _tests(said["strict"], matter["item"]), said["deemed"] and _tests(said["deemed"], matter["item"])
    return {**said, "strict": strict, "deemed": deemed, "passed": (deemed or strict)["passed"]}


def _differences(said: Any, right: Any, inside: str = "") -> Any:
    for name in sorted({*said, *right}):
        told, is_ = said.get(name), right.get(name)
        if isinstance(told, dict) and isinstance(is_, dict):
            yield from _differences(told, is_, f"{inside}{name}.")
        elif told != is_ or isinstance(told, bool) is not isinstance(is_, bool):
            yield f"{inside}{name}", told, is_


def _published(export: Any, published: Any) -> list[tuple[str, str]]:
    """Each hash that was put up, held against the file's."""
    pairs = [(name, export[name], published[name]) for name in ("vote", "merkle_root", "commitments", "result") if name in published]
    pairs += [(name, export["hashes"].get(name), told) for name, told in published.get("hashes", {}).items()]
    if not pairs:
        raise Unreadable("公布的文件里没有可以核对的内容")
    return [("published", f"{PARTS.get(name, name)}与公布的不同") for name, own, told in pairs if own != told]


def _receipt(export: Any, receipt: Any) -> list[tuple[str, str]]:
    if receipt["format"] != RECEIPT or receipt["version"] != VERSION:
        raise Unreadable("不是本程序能读的投票回执")
    own = commitment(receipt["vote"], receipt)
    wrong = (
        (receipt["vote"] != export["vote"], "回执是另一次表决的"),
        (own != receipt["commitment"], "回执被改过：与它的承诺值不符"),
        (own not in export["commitments"], "这一票不在选票清单里"),
        (root_from(own, receipt["path"]) != export["merkle_root"], "回执的路径通不到默克尔根"),
    )
    return [("receipt", sentence) for is_so, sentence in wrong if is_so][:1]


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export")
    for name in ("--published", "--receipt"):
        parser.add_argument(name)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        export: Any = _read(asked.export)
        published, receipt = (_read(path) if path else None for path in (asked.published, asked.receipt))
        found = check(export, published, receipt)
    except (OSError, Unreadable) as error:
        sys.stderr.write(f"没法复核：{error}\n")
        return 2
    if asked.json:
        answer = {"vote": export["vote"], "kind": export["kind"], "agrees": not found, "differences": found, "result": export["result"]}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"［{PARTS[part]}］{sentence}\n" for part, sentence in found)
        verdict = "通过" if export["result"]["passed"] else "不通过"
        agrees = f"复核通过：{len(export['commitments'])} 票重新计过，结果{verdict}，与文件一致。"
        if export["kind"] == "public":
            agrees = f"公开的部分前后一致，写的结果是{verdict}。里面没有选票和名册，要用完整文件才能重新计票。"
        sys.stdout.write(("复核不通过。" if found else agrees) + "\n")
    return 1 if found else 0


def _read(path: str) -> Any:
    """JSON without fractions: areas and numbers are whole."""

    def no(text: str) -> Any:
        raise Unreadable(f"{path} 里有小数 {text}")

    try:
        return json.loads(Path(path).read_text(encoding="utf-8"), parse_float=no, parse_constant=no)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Unreadable(f"{path} 不是 UTF-8 写的 JSON：{error}") from error


if __name__ == "__main__":
    gc.disable()  # what was read is needed until the end
    sys.exit(main(sys.argv[1:]))
