"""The pages of 组织和岗位, as data for `visits`: what a Visit is made of."""

from __future__ import annotations

from typing import Any

OWNER, GRID, COMMUNITY, STREET, COUNTY = "陈建军", "林晓梅", "赵文静", "冯建华", "郑国栋"
PARTY, PARTY_STREET, PARTY_COUNTY = "傅晓云", "葛明亮", "詹玉兰"
_BODY = "SELECT id FROM bodies_body WHERE name = '{}'"
_COMMITTEE = _BODY.format("凤栖苑业委会")
_POST = "SELECT p.id FROM bodies_post p JOIN bodies_body b ON b.id = p.body_id WHERE b.name = '凤栖苑党支部' ORDER BY p.id"
_HOLDING = f"SELECT h.id FROM bodies_holding h WHERE h.post_id = ({_POST} LIMIT 1) ORDER BY h.id"
_FILING = "SELECT id FROM bodies_filing WHERE what = 'secretary' ORDER BY id"
_FORMATION = "SELECT id FROM bodies_formation ORDER BY id"
_BARE = "SELECT e.code FROM places_estate e WHERE e.path NOT IN (SELECT path FROM bodies_body WHERE kind = 'party_branch') ORDER BY e.id"
_REVIEW = "SELECT id FROM bodies_candidatereview ORDER BY id"


def _at(name: str, path: str, who: str = COUNTY, statement: str = "", **more: Any) -> dict[str, Any]:
    """One visit; `{}` in the path is the first value of a statement."""
    filled: Any = (lambda found: path.format(found.one(statement))) if statement else path
    return {"name": f"bodies:{name}", "who": who, "path": filled, **more}


VISITS = (
    _at("home", "/desk/bodies/", COMMUNITY),
    _at("home", "/desk/bodies/?show=crossing", also="crossing"),
    _at("home", "/desk/bodies/?show=vacant", PARTY_COUNTY, also="vacant"),
    _at("home", "/desk/bodies/?on=2020-01-01", also="past"),
    _at("body_new", "/desk/bodies/new/?place={estate}", press="保存"),
    _at("body", "/desk/bodies/{}/", statement=_COMMITTEE),
    _at("body", "/desk/bodies/{}/", GRID, _COMMITTEE, also="reader"),
    _at("body_edit", "/desk/bodies/{}/edit/", statement=_COMMITTEE),
    _at("body_dissolve", "/desk/bodies/{}/dissolve/", statement=_COMMITTEE, press="撤销组织"),
    _at("term_new", "/desk/bodies/{}/terms/new/", COMMUNITY, _COMMITTEE, press="保存"),
    _at("link_new", "/desk/bodies/{}/links/new/", statement=_BODY.format("凤栖苑物业党支部"), press="保存"),
    _at("link_end", "/desk/bodies/links/{}/end/", statement="SELECT id FROM bodies_bodylink ORDER BY id"),
    _at("body_area", "/desk/bodies/{}/area/", statement=_BODY.format("凤栖苑物业")),
    _at("body_competences", "/desk/bodies/{}/competences/", statement=_BODY.format("区城市管理局")),
    _at("post_new", "/desk/bodies/{}/posts/new/", COMMUNITY, _BODY.format("梧桐社区"), press="保存"),
    _at("appoint", "/desk/bodies/posts/{}/appoint/", PARTY, _POST, press="登记任职"),
    _at("holding_end", "/desk/bodies/holdings/{}/end/", PARTY, _HOLDING, press="登记离任"),
    _at("formations", "/desk/bodies/formations/", PARTY),
    _at("formations", "/desk/bodies/formations/?show=unmet", PARTY_COUNTY, also="county"),
    _at("formation_new", "/desk/bodies/formations/new/{}/", PARTY_COUNTY, _BARE),
    _at("formation", "/desk/bodies/formations/{}/", PARTY_COUNTY, _FORMATION),
    _at("formation_act", "/desk/bodies/formations/{}/name_secretary/", PARTY_COUNTY, _FORMATION, press="确定书记人选"),
    _at("filings", "/desk/bodies/filings/?show=all", PARTY_COUNTY),
    _at("filing", "/desk/bodies/filings/{}/", PARTY_COUNTY, _FILING),
    _at("filing_act", "/desk/bodies/filings/{}/submit_filing/", PARTY_COUNTY, _FILING),
    _at("candidates", "/desk/bodies/candidates/", COMMUNITY),
    _at("candidate_new", "/desk/bodies/candidates/new/", COMMUNITY, press="保存"),
    _at("candidate", "/desk/bodies/candidates/{}/", COMMUNITY, _REVIEW),
    _at("candidate_review", "/desk/bodies/candidates/{}/review/", COMMUNITY, _REVIEW, press="保存"),
    _at("candidate_object", "/desk/bodies/candidates/{}/object/", COMMUNITY, _REVIEW, press="保存"),
    _at("candidate_settle", "/desk/bodies/candidates/{}/settle/", STREET, _REVIEW, press="保存"),
    _at("own_review", "/me/candidacy/{}/", OWNER, _REVIEW),
)
