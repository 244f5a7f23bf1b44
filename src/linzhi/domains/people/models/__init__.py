"""Tables of people. Names, phones and certificates are sealed; residence, ownership and membership are dated rows."""

from linzhi.domains.people.models.homes import Firm, Ownership, Residence
from linzhi.domains.people.models.membership import Membership
from linzhi.domains.people.models.offers import CheckIn, SkillOffer
from linzhi.domains.people.models.persons import Apart, Identity, Person
from linzhi.domains.people.models.surveys import Survey, SurveyDoor

__all__ = ["Apart", "CheckIn", "Firm", "Identity", "Membership", "Ownership", "Person", "Residence", "SkillOffer", "Survey", "SurveyDoor"]
