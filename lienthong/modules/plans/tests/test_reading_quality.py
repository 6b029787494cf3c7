"""Precision and recall on real plans, as people read them (see labels/README.md)."""

import pytest

from lienthong.modules.plans.tests import quality

needs_shared = pytest.mark.skipif(
    not (quality.SHARED / "plans").is_dir(), reason="the real plans lie in ../shared/data, which is not here"
)
RECORDS = quality.labels()


@needs_shared
@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one["file"].rsplit("/", 1)[-1])
def test_the_labels_belong_to_the_text_that_is_there(record):
    assert quality.is_the_same_text(record)


@needs_shared
@pytest.mark.parametrize("name", ["tuned", "checked"])
def test_percentages_and_counts_of_plans_are_read_with_their_subject(name, capsys):
    one = quality.totals([record for record in RECORDS if record["set"] == name])
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{name}: precision {one['precision']:.3f}, recall {one['recall']:.3f}, time {one['when']:.3f}"
        )
    assert one["precision"] >= 0.9
    assert one["recall"] >= 0.9
    assert one["comparator"] >= 0.9
    assert one["when"] >= 0.85


@needs_shared
def test_over_all_that_was_labelled_nine_of_ten_are_right_and_found():
    one = quality.totals(RECORDS)
    assert min(one["precision"], one["recall"]) >= 0.9, quality.table()


@needs_shared
def test_sums_of_money_are_read_with_their_purpose():
    one = quality.totals(RECORDS, money=True)
    assert min(one["precision"], one["recall"]) >= 0.9, quality.table()


@needs_shared
def test_tasks_are_found_with_who_leads_who_supports_and_when():
    one = quality.tasks_found(RECORDS)
    assert one["found"] >= 0.9 * one["all"]
    assert one["support"] >= 0.9 * one["found"]
    assert one["time"] >= 0.85 * one["found"]
    assert one["extra"] <= 0.25 * one["all_labelled"]


def test_a_label_is_only_met_by_the_same_figure_unit_place_and_subject():
    from lienthong.modules.plans.reader import read

    text = "Đến năm 2026, 80% hộ dân nông thôn dùng nước sạch."
    (target,) = read(text).targets
    label = {
        "start": 14, "end": 30, "value_low": 80, "value_high": 80, "unit": "%", "subject": "hộ dân nông thôn dùng nước sạch",
    }  # fmt: skip
    assert quality.is_found(label, target)
    for wrong in ({"value_low": 81}, {"unit": "hộ"}, {"start": 0, "end": 5}, {"subject": "trạm y tế có bác sĩ"}):
        assert not quality.is_found(label | wrong, target)
