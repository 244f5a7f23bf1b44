"""Every change of bodies and posts. Importing this package registers the commands."""

from linzhi.domains.bodies.commands.abandon_formation import AbandonFormation, abandon_formation
from linzhi.domains.bodies.commands.apply_formation import ApplyFormation, apply_formation
from linzhi.domains.bodies.commands.appoint import Appoint, appoint
from linzhi.domains.bodies.commands.approve_formation import ApproveFormation, approve_formation
from linzhi.domains.bodies.commands.begin_term import BeginTerm, begin_term
from linzhi.domains.bodies.commands.body_rows import BodyRow, compare_bodies
from linzhi.domains.bodies.commands.create_post import CreatePost, create_post
from linzhi.domains.bodies.commands.dissolve_body import DissolveBody, dissolve_body
from linzhi.domains.bodies.commands.end_holding import EndHolding, end_holding
from linzhi.domains.bodies.commands.file_formation import FileFormation, file_formation
from linzhi.domains.bodies.commands.follow_account import FollowAccount, follow_account
from linzhi.domains.bodies.commands.follow_grid import FollowGrid, follow_grid
from linzhi.domains.bodies.commands.follow_place import FollowPlace, follow_place
from linzhi.domains.bodies.commands.found_body import FoundBody, found_body
from linzhi.domains.bodies.commands.link_bodies import LinkBodies, link_bodies
from linzhi.domains.bodies.commands.name_secretary import NameSecretary, name_secretary
from linzhi.domains.bodies.commands.object_to_review import ObjectToReview, object_to_review
from linzhi.domains.bodies.commands.open_filing import OpenFiling, open_filing
from linzhi.domains.bodies.commands.open_formation import OpenFormation, open_formation
from linzhi.domains.bodies.commands.post_rows import PostRow, compare_posts
from linzhi.domains.bodies.commands.receive_filing import ReceiveFiling, receive_filing
from linzhi.domains.bodies.commands.record_bodies import RecordBodies, record_bodies
from linzhi.domains.bodies.commands.record_posts import RecordPosts, record_posts
from linzhi.domains.bodies.commands.return_filing import ReturnFiling, return_filing
from linzhi.domains.bodies.commands.return_formation import ReturnFormation, return_formation
from linzhi.domains.bodies.commands.review_candidate import ReviewCandidate, review_candidate
from linzhi.domains.bodies.commands.revise_body import ReviseBody, revise_body
from linzhi.domains.bodies.commands.set_competences import SetCompetences, set_competences
from linzhi.domains.bodies.commands.set_service_area import SetServiceArea, set_service_area
from linzhi.domains.bodies.commands.settle_objection import SettleObjection, settle_objection
from linzhi.domains.bodies.commands.stand_as_candidate import StandAsCandidate, stand_as_candidate
from linzhi.domains.bodies.commands.submit_filing import SubmitFiling, submit_filing
from linzhi.domains.bodies.commands.unlink_bodies import UnlinkBodies, unlink_bodies
from linzhi.domains.bodies.commands.withdraw_bodies import WithdrawBodies, withdraw_bodies
from linzhi.domains.bodies.commands.withdraw_posts import WithdrawPosts, withdraw_posts

__all__ = [
    "AbandonFormation", "ApplyFormation", "Appoint", "ApproveFormation", "BeginTerm", "BodyRow", "CreatePost", "DissolveBody",
    "EndHolding", "FileFormation", "FollowAccount", "FollowGrid", "FollowPlace", "FoundBody", "LinkBodies", "NameSecretary",
    "ObjectToReview", "OpenFiling", "OpenFormation", "PostRow", "ReceiveFiling", "RecordBodies", "RecordPosts", "ReturnFiling",
    "ReturnFormation", "ReviewCandidate", "ReviseBody", "SetCompetences", "SetServiceArea", "SettleObjection", "StandAsCandidate",
    "SubmitFiling", "UnlinkBodies", "WithdrawBodies", "WithdrawPosts", "abandon_formation", "apply_formation", "appoint",
    "approve_formation", "begin_term", "compare_bodies", "compare_posts", "create_post", "dissolve_body", "end_holding", "file_formation",
    "follow_account", "follow_grid", "follow_place", "found_body", "link_bodies", "name_secretary", "object_to_review", "open_filing",
    "open_formation", "receive_filing", "record_bodies", "record_posts", "return_filing", "return_formation", "review_candidate",
    "revise_body", "set_competences", "set_service_area", "settle_objection", "stand_as_candidate", "submit_filing", "unlink_bodies",
    "withdraw_bodies", "withdraw_posts",
]  # fmt: skip
