"""Every change of people's records. Importing this package registers the commands."""

from linzhi.domains.people.commands.check_in import CheckIn, check_in
from linzhi.domains.people.commands.check_out import CheckOut, check_out
from linzhi.domains.people.commands.close_survey import CloseSurvey, close_survey
from linzhi.domains.people.commands.correct_person import CorrectPerson, correct_person
from linzhi.domains.people.commands.end_ownership import EndOwnership, end_ownership
from linzhi.domains.people.commands.keep_apart import KeepApart, keep_apart
from linzhi.domains.people.commands.link_account import LinkAccount, link_account
from linzhi.domains.people.commands.merge_persons import MergePersons, merge_persons
from linzhi.domains.people.commands.move_in import MoveIn, move_in
from linzhi.domains.people.commands.move_out import MoveOut, move_out
from linzhi.domains.people.commands.offer_skill import OfferSkill, offer_skill
from linzhi.domains.people.commands.open_survey import OpenSurvey, open_survey
from linzhi.domains.people.commands.owners import OwnerRow
from linzhi.domains.people.commands.record_memberships import MemberRow, RecordMemberships, record_memberships
from linzhi.domains.people.commands.record_owners import RecordOwners, record_owners
from linzhi.domains.people.commands.record_ownership import RecordOwnership, record_ownership
from linzhi.domains.people.commands.record_residents import RecordResidents, record_residents
from linzhi.domains.people.commands.record_skills import RecordSkills, record_skills
from linzhi.domains.people.commands.record_visit import RecordVisit, record_visit
from linzhi.domains.people.commands.register_person import RegisterPerson, register_person
from linzhi.domains.people.commands.residents import ResidentRow
from linzhi.domains.people.commands.reveal_member import RevealedMember, RevealMember, reveal_member
from linzhi.domains.people.commands.reveal_person import Revealed, RevealPerson, reveal_person
from linzhi.domains.people.commands.skill_rows import SkillRow
from linzhi.domains.people.commands.withdraw_memberships import WithdrawMemberships, withdraw_memberships
from linzhi.domains.people.commands.withdraw_owners import WithdrawOwners, withdraw_owners
from linzhi.domains.people.commands.withdraw_residents import WithdrawResidents, withdraw_residents
from linzhi.domains.people.commands.withdraw_skill import WithdrawSkill, withdraw_skill
from linzhi.domains.people.commands.withdraw_skills import WithdrawSkills, withdraw_skills

__all__ = [
    "CheckIn", "CheckOut", "CloseSurvey", "CorrectPerson", "EndOwnership", "KeepApart", "LinkAccount", "MemberRow",
    "MergePersons", "MoveIn", "MoveOut", "OfferSkill", "OpenSurvey", "OwnerRow", "RecordMemberships", "RecordOwners",
    "RecordOwnership", "RecordResidents", "RecordSkills", "RecordVisit", "RegisterPerson", "ResidentRow", "RevealMember",
    "RevealPerson", "Revealed", "RevealedMember", "SkillRow", "WithdrawMemberships", "WithdrawOwners", "WithdrawResidents",
    "WithdrawSkill", "WithdrawSkills", "check_in", "check_out", "close_survey", "correct_person", "end_ownership", "keep_apart",
    "link_account", "merge_persons", "move_in", "move_out", "offer_skill", "open_survey", "record_memberships", "record_owners",
    "record_ownership", "record_residents", "record_skills", "record_visit", "register_person", "reveal_member",
    "reveal_person", "withdraw_memberships", "withdraw_owners", "withdraw_residents", "withdraw_skill", "withdraw_skills",
]  # fmt: skip
