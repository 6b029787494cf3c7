"""Importing, offering, editing: what each act does and what it leaves alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lienthong.foundation.access.rules import Forbidden, system_actor
from lienthong.foundation.trail.models import Entry as TrailEntry
from lienthong.kit.refusal import Refused
from lienthong.modules.procedures import portal_file, process_file, queries
from lienthong.modules.procedures.actions.edit_process import Faulty, attach_process, edit_process
from lienthong.modules.procedures.actions.edit_version import edit_version
from lienthong.modules.procedures.actions.import_procedures import import_procedures
from lienthong.modules.procedures.actions.import_processes import import_processes
from lienthong.modules.procedures.actions.offer import offer
from lienthong.modules.procedures.actions.withdraw_offer import withdraw_offer
from lienthong.modules.procedures.models import Component, Field, Procedure, Process, ProcessStep, Version
from lienthong.modules.procedures.terms import ServiceLevel, TermUnit
from lienthong.modules.procedures.tests.files import FLAT, RAW, STEPS, USUAL, flat, lines, needs_shared, raw, steps

pytestmark = pytest.mark.django_db
LATER = timedelta(days=3)


def bring(now, *many, **given):
    entries = portal_file.read(lines(*many))
    return import_procedures(
        entries=entries, source="thu.jsonl", actor=given.pop("actor", system_actor()), now=now, **given
    )


def bring_steps(now, *parts, **given):
    tables = process_file.read_jsonl([line for part in parts for line in part])
    return import_processes(
        tables=tables, source="thu.jsonl", actor=given.pop("actor", system_actor()), now=now, **given
    )


def current(code="1.900001", on=date(2027, 1, 1)) -> Version:
    found = queries.version_by_code(code, on)
    assert found is not None
    return found


class TestImportProcedures:
    def test_a_procedure_is_written_with_all_that_hangs_on_it(self, now):
        assert bring(now, raw()).made == 1
        version = current()
        assert (version.no, version.valid_from, version.field.name) == (1, date(2026, 1, 16), "Chăn nuôi")
        (case,) = queries.cases(version.pk)
        assert [paper.name for paper in queries.components([case.pk])] == ["Tờ khai", "Căn cước"]
        assert [fee.amount for fee in queries.fees(version.pk)] == [50000]
        assert queries.statutory(version.pk, case.pk, "online") == (Decimal(3), TermUnit.WORKING_DAYS, "")
        assert queries.statutory(version.pk, None, "post") == (Decimal(5), TermUnit.WORKING_DAYS, "")
        assert [law.code for law in queries.legal_bases(version.pk)] == ["13/2020/NĐ-CP"]
        assert [gain.name for gain in queries.results(version.pk)] == ["Giấy xác nhận"]

    def test_the_same_file_again_changes_nothing(self, now):
        bring(now, raw())
        before = TrailEntry.objects.count()
        report = bring(now + LATER, raw())
        assert (report.made, report.same, report.changed) == (0, 1, [])
        assert TrailEntry.objects.count() == before
        assert Version.objects.count() == 1

    def test_the_flattened_form_after_the_whole_one_takes_nothing_away(self, now):
        bring(now, raw())
        assert bring(now + LATER, flat()).same == 1
        assert current().decided_on == date(2026, 1, 16)

    def test_the_whole_form_after_the_flattened_one_fills_in_and_keeps_every_row(self, now):
        bring(now, flat())
        papers = set(Component.objects.values_list("pk", flat=True))
        assert bring(now, raw()).filled == 1
        assert current().decided_on == date(2026, 1, 16)
        assert set(Component.objects.values_list("pk", flat=True)) == papers

    def test_changed_content_closes_the_version_the_day_before_and_names_what_changed(self, now):
        bring(now, raw())
        (changed,) = bring(now, raw(name="Đăng ký hộ nuôi chim")).changed
        assert (changed.no, [change.field for change in changed.changes]) == (2, ["name"])
        old = queries.version_on(Procedure.objects.get().pk, now.date() - timedelta(days=1))
        new = queries.version_on(Procedure.objects.get().pk, now.date())
        assert (old.no, old.valid_to, new.no, new.valid_from) == (1, now.date(), 2, now.date())

    def test_what_was_received_today_keeps_its_rules_when_the_file_changes_today(self, now):
        bring(now, flat())
        bring(now, flat(conditions="Khác."))
        bring(now, flat(conditions="Khác nữa."))
        first, second = Version.objects.order_by("no")
        assert (first.valid_from, first.valid_to) == (now.date(), now.date() + timedelta(days=1))
        assert (second.no, second.conditions) == (2, "Khác nữa.")

    def test_marks_set_by_people_outlive_a_new_version(self, now):
        bring(now, raw())
        edit_version(
            version_id=current().pk, service_level=ServiceLevel.FULL, old_level=4, silent_approval=True, non_territorial=True,
            reason="Quyết định 5/QĐ-UBND", valid_from=now.date(), actor=system_actor(), now=now,
        )  # fmt: skip
        assert bring(now + LATER, raw()).same == 1
        bring(now + LATER, raw(requirementsAndConditions="Khác."))
        version = current()
        assert (version.no, version.silent_approval, version.old_level, version.service_level) == (3, True, 4, "full")

    def test_a_code_twice_with_different_content_is_refused(self, now):
        report = bring(now, raw(), raw(name="Khác"), raw())
        assert (report.made, report.same, len(report.refused)) == (1, 1, 1)
        assert current().name == "Đăng ký hộ nuôi chim yến"

    def test_only_who_manages_the_catalogue_may_import(self, now, province):
        with pytest.raises(Forbidden):
            bring(now, raw(), actor=province.actor("lan"))
        assert bring(now, raw(), actor=province.actor("minh")).made == 1
        assert TrailEntry.objects.filter(verb="procedures.import").count() == 1

    @needs_shared
    def test_the_real_files_come_in_once(self, now):
        for path, expected in ((FLAT, (141, 0, 0)), (RAW, (0, 40, 0)), (FLAT, (0, 0, 141))):
            with path.open("rb") as file:
                report = import_procedures(
                    entries=portal_file.read(file), source=path.name, actor=system_actor(), now=now
                )
            assert (report.made, report.filled, report.same) == expected, report.changed
            assert report.refused == []


class TestImportProcesses:
    def test_a_table_becomes_the_process_of_its_procedure(self, now):
        report = bring_steps(now, steps(*USUAL))
        assert (report.made, report.refused) == (1, [])
        process = queries.process_for(Procedure.objects.get(code="1.900001").pk, None, now.date())
        assert [step.next for step in queries.steps(process.pk)] == [["2"], ["3"], ["4"], ["5"], ["6"], []]

    def test_the_same_file_again_changes_nothing_and_another_table_makes_a_version(self, now):
        bring_steps(now, steps(*USUAL))
        assert bring_steps(now + LATER, steps(*USUAL)).same == 1
        assert bring_steps(now + LATER, steps(*USUAL[:3], *USUAL[4:])).changed == 1
        old, new = Process.objects.order_by("no")
        assert (old.valid_to, new.valid_from, new.no) == (new.valid_from, (now + LATER).date(), 2)

    def test_a_second_table_of_a_procedure_is_kept_without_it(self, now):
        report = bring_steps(now, steps(*USUAL), steps(*USUAL, number=2), steps(*USUAL, number=3, code=None))
        assert (report.made, report.loose) == (3, 2)
        assert bring_steps(now, steps(*USUAL), steps(*USUAL, number=2), steps(*USUAL, number=3, code=None)).same == 3

    def test_a_loose_table_is_tied_to_its_procedure_once(self, now):
        bring(now, raw())
        bring_steps(now, steps(*USUAL, code=None))
        loose = Process.objects.get()
        attach_process(process_id=loose.pk, procedure_code="1.900001", actor=system_actor(), now=now)
        assert queries.process_for(Procedure.objects.get().pk, 1, now.date()) == loose
        bring_steps(now, steps(*USUAL, number=2, code=None))
        other = Process.objects.order_by("-pk").first()
        with pytest.raises(Refused, match="đã có quy trình"):
            attach_process(process_id=other.pk, procedure_code="1.900001", actor=system_actor(), now=now)

    @needs_shared
    def test_the_real_file_comes_in_once(self, now):
        for expected in ((44, 0), (0, 44)):
            with STEPS.open("rb") as file:
                tables = process_file.read_jsonl(file)
            report = import_processes(tables=tables, source=STEPS.name, actor=system_actor(), now=now)
            assert (report.made, report.same, report.refused) == (*expected, [])
        assert ProcessStep.objects.count() == 347


def rows(*hours: int) -> list[ProcessStep]:
    last = len(hours)
    return [
        ProcessStep(
            key=str(place), kind="receive" if place == 1 else "handle", name=f"Việc {place}", duty="desk",
            hours=Decimal(one), next=[str(place + 1)] if place < last else [],
        )
        for place, one in enumerate(hours, start=1)
    ]  # fmt: skip


@pytest.fixture
def procedure(now) -> Procedure:
    bring(now, raw())
    return Procedure.objects.get()


class TestEditProcess:
    def save(self, procedure, now, table, actor=None, agency=None, valid_from=None, **given):
        return edit_process(
            steps=table, procedure_id=procedure.pk, agency_id=agency, name="Quy trình", valid_from=valid_from or now.date(),
            actor=actor or system_actor(), now=now, **given,
        )  # fmt: skip

    def test_dossiers_finish_under_the_version_they_began_with(self, procedure, now):
        first = self.save(procedure, now, rows(1, 2))
        second = self.save(procedure, now + LATER, rows(1, 2, 3))
        assert (second.no, [len(queries.steps(one.pk)) for one in (first, second)]) == (2, [2, 3])
        assert queries.process_for(procedure.pk, None, now.date()).pk == first.pk
        assert queries.process_for(procedure.pk, None, (now + LATER).date()).pk == second.pk

    def test_a_version_that_has_not_begun_is_written_over(self, procedure, now):
        self.save(procedure, now, rows(1))
        waiting = self.save(procedure, now, rows(1, 2), valid_from=now.date() + LATER)
        again = self.save(procedure, now, rows(4, 5, 6), valid_from=now.date() + LATER + LATER)
        assert (again.pk, again.no, len(queries.steps(again.pk))) == (waiting.pk, 2, 3)
        assert queries.process_for(procedure.pk, None, now.date() + LATER).no == 1

    def test_a_faulty_table_is_not_saved_and_every_fault_is_told(self, procedure, now):
        table = rows(1, 2)
        table[0].kind, table[0].next, table[1].key = "handle", ["9"], ""
        with pytest.raises(Faulty) as refusal:
            self.save(procedure, now, table)
        assert len(refusal.value.faults) >= 3
        assert Process.objects.count() == 0

    def test_an_agency_keeps_its_own_process_beside_the_common_one(self, procedure, now, province):
        self.save(procedure, now, rows(1))
        own = self.save(procedure, now, rows(1, 2), actor=province.actor("phuoc"), agency=province.department.pk)
        assert queries.process_for(procedure.pk, province.department.pk, now.date()) == own
        assert queries.process_for(procedure.pk, province.commune.pk, now.date()).agency_id is None
        for agency in (None, province.commune.pk):
            with pytest.raises(Forbidden):
                self.save(procedure, now, rows(1), actor=province.actor("phuoc"), agency=agency)

    def test_a_past_day_and_an_unknown_post_are_refused(self, procedure, now):
        self.save(procedure, now, rows(1))
        with pytest.raises(Refused, match="trước hôm nay"):
            self.save(procedure, now + LATER, rows(1, 2), valid_from=now.date())
        table = rows(1)
        table[0].post_id = 2**40
        with pytest.raises(Refused, match="danh bạ"):
            self.save(procedure, now + LATER, table)

    def test_it_stands_in_the_trail(self, procedure, now, province):
        self.save(procedure, now, rows(1, 2), actor=province.actor("minh"))
        assert "2 bước" in TrailEntry.objects.get(verb="procedures.process").sentence


class TestOffer:
    def test_offered_procedures_are_found_by_agency_day_and_words(self, procedure, now, province):
        day = now.date()
        offer(
            procedure_id=procedure.pk,
            agency_ids=[province.commune.pk],
            valid_from=day,
            actor=province.actor("minh"),
            now=now,
        )
        (again,) = queries.offered_by([province.commune.pk], day, "chim yen")
        assert again.procedure_id == procedure.pk
        assert queries.offered_by([province.commune.pk], day, "1.900001").count() == 1
        assert queries.offered_by([province.department.pk], day).count() == 0
        assert queries.offered_by([province.commune.pk], day - timedelta(days=1)).count() == 0
        assert queries.deciders(procedure.pk, day) == [province.commune]

    def test_twice_makes_one_and_an_agency_outside_is_refused(self, procedure, now, province):
        given = dict(procedure_id=procedure.pk, valid_from=now.date(), actor=province.actor("minh"), now=now)
        assert len(offer(agency_ids=[province.commune.pk], **given)) == 1
        assert offer(agency_ids=[province.commune.pk], **given) == []
        with pytest.raises(Refused):
            offer(agency_ids=[province.ministry.pk], **given)
        with pytest.raises(Forbidden):
            offer(agency_ids=[province.department.pk], **{**given, "actor": province.actor("phuoc")})

    def test_a_withdrawn_offer_ends_on_its_day(self, procedure, now, province):
        day = now.date()
        (row,) = offer(
            procedure_id=procedure.pk,
            agency_ids=[province.commune.pk],
            valid_from=day,
            actor=province.actor("minh"),
            now=now,
        )
        with pytest.raises(Refused):
            withdraw_offer(offering_id=row.pk, valid_to=day, actor=province.actor("minh"), now=now)
        withdraw_offer(offering_id=row.pk, valid_to=day + LATER, actor=province.actor("minh"), now=now)
        assert queries.deciders(procedure.pk, day + timedelta(days=2)) == [province.commune]
        assert queries.deciders(procedure.pk, day + LATER) == []
        with pytest.raises(Refused, match="đã thôi"):
            withdraw_offer(offering_id=row.pk, valid_to=day + LATER, actor=province.actor("minh"), now=now)


class TestEditVersion:
    def edit(self, now, **given):
        wanted = dict(
            version_id=current().pk, service_level=ServiceLevel.PARTIAL, old_level=None, silent_approval=True,
            non_territorial=True, reason="Theo luật", valid_from=now.date(), actor=system_actor(), now=now,
        )  # fmt: skip
        return edit_version(**{**wanted, **given})

    def test_a_mark_holds_from_a_day_and_what_came_before_keeps_its_rules(self, procedure, now):
        made = self.edit(now)
        assert (made.no, made.silent_approval, made.valid_from) == (2, True, now.date())
        assert queries.version_on(procedure.pk, now.date() - timedelta(days=1)).silent_approval is False
        assert len(queries.components(case.pk for case in queries.cases(made.pk))) == 2

    @pytest.mark.parametrize(
        "given", [{"reason": " "}, {"old_level": 5}, {"silent_approval": False}, {"valid_from": date(2020, 1, 1)}]
    )
    def test_without_reason_change_or_sense_it_is_refused(self, procedure, now, given):
        with pytest.raises(Refused):
            self.edit(now, **given)
        assert Version.objects.count() == 1


def test_the_catalogue_is_searched_without_diacritics_and_by_code(now):
    bring(now, raw(), raw(code="1.900002", name="Cấp phép xây dựng"))
    assert [row.procedure.code for row in queries.catalogue(now.date(), "cap PHEP")] == ["1.900002"]
    assert [row.procedure.code for row in queries.catalogue(now.date(), " 1.900001 ")] == ["1.900001"]
    assert [row.procedure.code for row in queries.catalogue(now.date(), "900002")] == ["1.900002"]
    assert queries.catalogue(date(2025, 1, 1)).count() == 0
    assert [field.name for field in queries.fields(now.date())] == [Field.objects.get().name]
