from linzhi.domains.places.rules import dwelling_label, overlapping


def test_a_dwelling_is_called_as_people_say_it() -> None:
    assert dwelling_label("3幢", "2", "502") == "3幢2单元502"
    assert dwelling_label("3幢", "", "502") == "3幢502"


def test_a_building_overlaps_the_estate_around_it_and_the_other_way_round() -> None:
    estate, building, next_door = "0000100001", "000010000100003", "0000100002"
    assert overlapping([building], {estate: "一"}) == (building, "一")
    assert overlapping([estate], {building: "二"}) == (estate, "二")
    assert overlapping([next_door], {estate: "一", building: "二"}) is None
