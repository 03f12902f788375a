"""The cases of a partnership: who sees which, how one is opened, and how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from webforms.access import Role
from webforms.chair import casefile, facts, summary
from webforms.store import Account, Store

from .casework import new_case, write
from .conftest import Clock, SignedInAs
from .pages import Pages, words
from .walks import BABY, BABY_DATES

NewAccount = Callable[..., Account]


def opened(store: Store, app: Flask, account: Account, title: str = "Child A") -> str:
    """A case of the account, with its summary worked out."""
    row = new_case(store, account, title)
    with app.test_request_context():
        summary.refresh(store, row)
    return row.reference


def listed(page_of: Pages, query: str = "") -> list[str]:
    page = page_of.get(f"/cases{query}")
    return [words(each).split()[0] for each in page.all("th") if each.get("scope") == "row"]


def test_a_chair_opens_a_case_and_is_shown_its_stages(chair: Pages) -> None:
    address = chair.post("/cases/new", title="Child A")
    page = chair.get(address)
    assert page.heading == "Child A"
    stages = [words(each) for each in page.all("a", "govuk-task-list__link")]
    assert stages == [
        "Referral",
        "Notification",
        "Agency information",
        "Rapid review meeting",
        "Decision",
        "The Panel’s answer",
        "Learning below the threshold",
        "Parallel processes",
        "Commissioning a review",
        "Publication",
        "Actions",
    ]


def test_every_stage_of_a_new_case_can_be_opened_in_any_order(chair: Pages) -> None:
    page = chair.get(chair.post("/cases/new", title="Child A"))
    for link in page.all("a", "govuk-task-list__link"):
        chair.get(link.get("href") or "")


def test_a_case_is_called_something(chair: Pages) -> None:
    page = chair.post_wrongly("/cases/new", title="")
    assert page.errors == ["Enter what the case is called, such as “Child A”"]


def test_what_a_referrer_saved_becomes_a_case_without_retyping(
    client_request: Pages, chair: Pages, store: Store
) -> None:
    client_request.answer(client_request.begin(BABY_DATES), BABY)
    client_request.result()
    saved = client_request.get(client_request.post("/check/save"))
    reference = words(saved.one("strong", "waymark-reference"))
    case = chair.get(chair.post("/cases/new", title="Child A", reference=reference))
    row = store.case(words(case.one("p", "govuk-caption-l")))
    assert row is not None
    answers = {e.item: e.data["answer"] for e in store.entries(row.id, ("answers",))}
    # "danger_now" and the council are among them: everything that was said came along.
    assert answers == dict(BABY) | {"authority_of_the_incident": "durham"}
    days = {e.item: e.data["day"] for e in store.entries(row.id, ("dates",))}
    assert days == {event: day.isoformat() for event, day in BABY_DATES.items()}
    page = chair.get(f"/cases/{row.reference}/questions/notify")
    assert "the check that was saved on 10/06/2026" in page.text.replace("The check", "the check")


def test_a_reference_that_does_not_exist_is_refused_and_counted(chair: Pages, store: Store) -> None:
    for _ in range(20):
        page = chair.post_wrongly("/cases/new", title="Child A", reference="WM-0000-0000-0000-0000")
        assert "No saved check has this reference" in page.errors[0]
    page = chair.post_wrongly("/cases/new", title="Child A", reference="WM-0000-0000-0000-0000")
    assert page.errors == ["Too many references that do not exist were tried. Wait 15 minutes"]
    assert store.references() == ()


def saved_check(visitor: Pages) -> str:
    """The reference of a check of the baby that was made and saved."""
    visitor.answer(visitor.begin(BABY_DATES), BABY)
    visitor.result()
    page = visitor.get(visitor.post("/check/save"))
    return words(page.one("strong", "waymark-reference"))


def test_a_referrer_opens_no_case_without_what_the_check_found(
    client_request: Pages, signed_in_as: SignedInAs, store: Store
) -> None:
    referrer = signed_in_as(Role.REFERRER)
    form = referrer.get("/cases/new")
    assert form.link("Make the check") == "/check/start"
    assert "Reference of a saved check (optional)" not in form.text
    page = referrer.post_wrongly("/cases/new", title="Child A", reference=" ")
    assert page.errors == [
        "Enter the reference of your saved check. If you have none, make the check first"
    ]
    assert store.references() == ()
    case = referrer.post("/cases/new", title="Child A", reference=saved_check(client_request))
    assert "Serious physical harm" in referrer.get(case).text


def test_a_second_case_from_the_same_check_is_opened_only_by_those_who_say_so(
    client_request: Pages, chair: Pages, signed_in_as: SignedInAs, store: Store
) -> None:
    referrer = signed_in_as(Role.REFERRER)
    check = {"title": "Child B", "reference": saved_check(client_request)}
    first = referrer.post("/cases/new", **check)
    page = chair.post_wrongly("/cases/new", **check)
    assert page.errors == [
        "This check has already become a case: open that one, or say that you want another"
    ]
    reference = first.rpartition("/")[2]
    assert page.link(f"{reference}: Child B") == first
    assert store.references() == (reference,)
    # What was said of one case is not said of another that came in between.
    assert chair.post_wrongly("/cases/new", **check, beside="DAR-26-0009").errors
    chair.post("/cases/new", **check, beside=reference)
    assert len(store.references()) == 2
    # Whoever may see none of them is told of none.
    elsewhere = signed_in_as(Role.CHAIR, area="gateshead")
    elsewhere.post("/cases/new", **check)


# Who sees which


def test_a_case_is_seen_only_by_those_with_whom_it_is_shared(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    reference = opened(store, app, chair.account)
    another = signed_in_as(Role.CHAIR)
    assert listed(another) == []
    another.get(f"/cases/{reference}", status=404)
    chair.post(f"/cases/{reference}/people", account=str(another.account.id), do="share")
    assert listed(another) == [reference]
    another.get(f"/cases/{reference}")
    chair.post(f"/cases/{reference}/people", account=str(another.account.id), do="take back")
    another.get(f"/cases/{reference}", status=404)


def test_another_area_never_sees_a_case_even_when_it_was_shared(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    reference = opened(store, app, chair.account)
    elsewhere = signed_in_as(Role.CHAIR, area="gateshead")
    row = store.case(reference)
    assert row is not None
    store.share(row.id, elsewhere.account.id)
    assert listed(elsewhere) == []
    elsewhere.get(f"/cases/{reference}", status=404)
    auditor = signed_in_as(Role.AUDITOR, area="gateshead")
    auditor.get(f"/cases/{reference}", status=404)


def test_an_auditor_reads_every_case_of_the_area_and_changes_nothing(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    reference = opened(store, app, chair.account)
    auditor = signed_in_as(Role.AUDITOR)
    assert listed(auditor) == [reference]
    for page in ("", "/meeting", "/criteria", "/decision", "/history", "/part/meeting"):
        shown = auditor.get(f"/cases/{reference}{page}")
        sent = [form.get("action") for form in shown.all("form")]
        assert [each for each in sent if each and each.startswith("/cases")] == []
    token = auditor.get("/account").token
    before = store.verify().entries
    refused = auditor.client.post(
        f"/cases/{reference}/part/meeting", data={"csrf_token": token, "facts": "Changed."}
    )
    assert refused.status_code == 403
    assert store.verify().entries == before


def test_a_new_case_is_shared_with_the_administrators_of_the_area(
    chair: Pages, signed_in_as: SignedInAs
) -> None:
    administrator = signed_in_as(Role.ADMINISTRATOR)
    elsewhere = signed_in_as(Role.ADMINISTRATOR, area="newcastle")
    address = chair.post("/cases/new", title="Child A")
    administrator.get(address)
    elsewhere.get(address, status=404)


def test_an_administrator_who_comes_later_is_given_the_cases_that_are_there(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    first, second = (opened(store, app, chair.account, name) for name in ("Child A", "Child B"))
    done = opened(store, app, chair.account, "Child C")
    chair.post(f"/cases/{done}/part/closing", closed="yes", why="Over.")
    gone = opened(store, app, chair.account, "Child D")
    store.erase_case(gone)
    elsewhere = opened(store, app, signed_in_as(Role.CHAIR, area="gateshead").account)
    late = signed_in_as(Role.ADMINISTRATOR)
    assert sorted(listed(late, "?state=all")) == [first, second, done]
    assert "Figures of three cases" in words(late.get("/oversight").one("main"))
    assert "Partnership administrator" in words(chair.get(f"/cases/{first}/people").one("main"))
    for hidden in (gone, elsewhere):
        late.get(f"/cases/{hidden}", status=404)
    assert store.verify().faults == ()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.REFERRER])
def test_nobody_else_is_given_a_case_by_coming(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs, role: Role
) -> None:
    reference = opened(store, app, chair.account)
    late = signed_in_as(role)
    assert listed(late, "?state=all") == []
    late.get(f"/cases/{reference}", status=404)


def test_a_case_taken_back_from_an_administrator_stays_taken_back_when_another_comes(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    reference = opened(store, app, chair.account)
    first = signed_in_as(Role.ADMINISTRATOR)
    chair.post(f"/cases/{reference}/people", account=str(first.account.id), do="take back")
    assert listed(signed_in_as(Role.ADMINISTRATOR)) == [reference]
    assert listed(first) == []


def test_a_case_that_only_one_person_could_share_goes_to_whoever_closes_their_account(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    mine = opened(store, app, chair.account, "Child A")
    ours = opened(store, app, chair.account, "Child B")
    other, member = signed_in_as(Role.CHAIR), signed_in_as(Role.PANEL_MEMBER)
    successor = signed_in_as(Role.CHAIR)
    for reference, account in ((ours, other.account), (mine, member.account)):
        chair.post(f"/cases/{reference}/people", account=str(account.id), do="share")
    page = successor.get(f"/people/{chair.account.id}/close")
    assert "nobody could share 1 case with others" in words(page.one("main"))
    assert listed(successor) == []
    successor.post(f"/people/{chair.account.id}/close")
    assert listed(successor) == [mine]
    assert listed(other) == [ours]
    # And it can be handed on.
    successor.post(f"/cases/{mine}/people", account=str(other.account.id), do="share")
    assert sorted(listed(other)) == [mine, ours]
    assert store.verify().faults == ()


def test_closing_an_account_hands_on_nothing_that_others_can_share(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    reference = opened(store, app, chair.account)
    member, other = signed_in_as(Role.PANEL_MEMBER), signed_in_as(Role.CHAIR)
    chair.post(f"/cases/{reference}/people", account=str(member.account.id), do="share")
    page = other.get(f"/people/{member.account.id}/close")
    assert "nobody could share" not in words(page.one("main"))
    other.post(f"/people/{member.account.id}/close")
    assert listed(other) == []


def test_a_case_that_only_a_referrer_has_goes_to_whoever_closes_the_account(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    referrer = signed_in_as(Role.REFERRER)
    reference = opened(store, app, referrer.account)
    chair.post(f"/people/{referrer.account.id}/close")
    assert listed(chair) == [reference]


def test_two_people_cannot_close_each_other_s_accounts(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    other = signed_in_as(Role.CHAIR)
    reference = opened(store, app, other.account)
    store.close_account(other.account.id, by=chair.account.id)
    # The other had sent the same, and it comes second.
    store.close_account(chair.account.id, by=other.account.id)
    assert listed(chair) == [reference]


def test_a_referrer_sees_the_referral_and_the_answer_and_nothing_else(
    app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    referrer = signed_in_as(Role.REFERRER)
    row = new_case(store, chair.account, shared_with=[referrer.account])
    write(store, row, chair.account, "meeting", facts="A canary in the facts.")
    write(store, row, chair.account, "referral", account="A canary in the account.")
    page = referrer.get(f"/cases/{row.reference}")
    assert "canary" not in page.text
    for hidden in ("meeting", "criteria", "decision", "history", "part/meeting", "timetable"):
        response = referrer.client.get(f"/cases/{row.reference}/{hidden}")
        assert response.status_code == 403, hidden
        assert "canary" not in response.text


# The list


def test_the_overdue_come_first_and_the_closed_last(
    app: Flask, store: Store, chair: Pages, clock: Clock
) -> None:
    quiet = new_case(store, chair.account, "Child B", dates={}, answers={})
    late = opened(store, app, chair.account, "Child A")
    closed = new_case(store, chair.account, "Child C")
    write(store, closed, chair.account, "closing", closed="yes", why="Done.")
    with app.test_request_context():
        for row in (quiet, closed):
            summary.refresh(store, row)
    assert listed(chair) == [late, quiet.reference]
    assert listed(chair, "?state=overdue") == [late]
    assert listed(chair, "?state=all") == [late, quiet.reference, closed.reference]
    assert "Overdue" in chair.get("/cases").text


def test_cases_are_found_by_their_name_and_by_their_reference(
    app: Flask, store: Store, chair: Pages
) -> None:
    first = opened(store, app, chair.account, "Baby Robin")
    second = opened(store, app, chair.account, "Two sisters")
    assert listed(chair, "?words=robin") == [first]
    assert listed(chair, f"?words={second}") == [second]
    assert listed(chair, "?words=100%25") == []
    assert "No case fits this search" in chair.get("/cases?words=nothing").text


def test_a_case_is_due_when_its_first_deadline_is(
    app: Flask, store: Store, chair: Pages, clock: Clock
) -> None:
    row = new_case(store, chair.account)
    # In Darlington the partners are told within one working day; here they were.
    write(store, row, chair.account, "referral", reached_partners="2026-05-11")
    clock.now = clock.now.replace(month=5, day=12)
    with app.test_request_context():
        summary.refresh(store, row)
    found = store.case(row.reference)
    assert found is not None
    # Aware on Monday 11 May 2026: five working days end on Monday 18 May.
    assert found.due == date(2026, 5, 18)
    assert "Monday 18" in chair.get(f"/cases/{row.reference}").text


def test_what_was_given_before_the_first_edition_is_told_and_stops_nothing(
    app: Flask, store: Store, chair: Pages
) -> None:
    row = new_case(store, chair.account, dates={"incident": date(2014, 1, 1)})
    with app.test_request_context():
        summary.refresh(store, row)
    page = chair.get(f"/cases/{row.reference}")
    assert "The rules cannot be applied to this case" in page.text
    for each in ("meeting", "decision", "parallel", "notification", "timetable"):
        chair.get(f"/cases/{row.reference}/{each}")


# What people say of a stage


def test_a_person_may_say_that_a_stage_is_not_needed_and_has_to_say_why(
    store: Store, chair: Pages
) -> None:
    row = new_case(store, chair.account)
    address = f"/cases/{row.reference}/part/stage/publication"
    page = chair.post_wrongly(address, state="not_needed")
    assert page.errors == ["Say why this stage is done, or not needed"]
    chair.post(address, state="not_needed", why="There is no review.", owner="Business manager")
    text = words(chair.get(f"/cases/{row.reference}").one("ul", "govuk-task-list"))
    assert "Owner: Business manager. There is no review. Not needed" in text


def test_a_stage_says_who_usually_owns_it_until_somebody_is_named(
    store: Store, chair: Pages
) -> None:
    row = new_case(store, chair.account)

    def told() -> str:
        return words(chair.get(f"/cases/{row.reference}").one("ul", "govuk-task-list"))

    assert "Usually: Rapid Review Panel." in told()
    assert "Owner:" not in told()
    chair.post(f"/cases/{row.reference}/part/stage/meeting", owner="Designated doctor")
    assert "Owner: Designated doctor." in told()
    assert "Rapid Review Panel" not in told()
    assert "Usually: Learning and Development sub-group." in told()


def test_only_those_who_lead_say_how_a_stage_stands(
    store: Store, chair: Pages, signed_in_as: SignedInAs
) -> None:
    member = signed_in_as(Role.PANEL_MEMBER)
    row = new_case(store, chair.account, shared_with=[member.account])
    address = f"/cases/{row.reference}/part/stage/decision"
    token = member.get("/account").token
    sent = {"csrf_token": token, "state": "not_needed", "why": "As I see it."}
    assert member.client.post(address, data=sent).status_code == 403
    assert store.history(row.id, "stage") == ()
    assert "Owner and state" not in member.get(f"/cases/{row.reference}").text
    assert "Owner and state" in chair.get(f"/cases/{row.reference}").text


def test_who_sent_apologies_does_not_look_present(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    for item, attended in (("1", "present"), ("2", "apologies")):
        person = {"role": "Doctor", "agency": "Health", "attended": attended}
        write(store, row, chair.account, "attendance", item, **person)
    page = chair.get(f"/cases/{row.reference}/meeting")
    heads = [words(each) for each in page.all("span", "govuk-details__summary-text")]
    assert heads == ["Doctor – Health – Present", "Doctor – Health – Sent apologies"]


def test_a_stage_or_process_of_no_such_name_cannot_be_written(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    for part in ("stage/lunch", "process/lunch", "attendance/7", "nothing", "views/child_died"):
        chair.get(f"/cases/{row.reference}/part/{part}", status=404)


def test_a_closed_case_leaves_the_list_of_open_ones_and_can_come_back(
    app: Flask, store: Store, chair: Pages
) -> None:
    reference = opened(store, app, chair.account)
    chair.post(f"/cases/{reference}/part/closing", closed="yes", why="Everything is done.")
    assert listed(chair) == []
    assert "Everything is done." in chair.get(f"/cases/{reference}").text
    chair.post(f"/cases/{reference}/part/closing", closed="no", seen_versions="closing/=1")
    assert listed(chair) == [reference]


def test_more_than_four_children_are_not_asked_for(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    for letter in "ABCD":
        assert "Add a child" in chair.get(f"/cases/{row.reference}/items/children").text
        chair.post(f"/cases/{row.reference}/part/children/new", pseudonym=f"Child {letter}")
    page = chair.get(f"/cases/{row.reference}/items/children")
    assert "Add a child" not in page.text
    assert [words(each) for each in page.all("th") if each.get("scope") == "row"] == [
        "Child A",
        "Child B",
        "Child C",
        "Child D",
    ]
    response = chair.client.post(
        f"/cases/{row.reference}/part/children/new",
        data={"csrf_token": chair.get("/account").token, "pseudonym": "Child E"},
    )
    assert response.status_code == 404


def test_an_item_is_taken_out_with_a_reason_and_stays_in_the_history(
    store: Store, chair: Pages, clock: Clock
) -> None:
    row = new_case(store, chair.account)
    chair.post(
        f"/cases/{row.reference}/part/attendance/new",
        role="Designated doctor",
        agency="Health",
        attended="present",
    )
    clock.now += timedelta(hours=1)
    address = f"/cases/{row.reference}/take-out/attendance/1"
    assert chair.post_wrongly(address, why="").errors == ["Say why it is taken out"]
    chair.post(address, why="Entered twice.")
    assert "Designated doctor" not in chair.get(f"/cases/{row.reference}/items/attendance").text
    history = chair.get(f"/cases/{row.reference}/history").text
    assert "Entered twice." in history
    assert "Designated doctor" in history


def test_processes_beside_are_not_done_while_it_is_open_whether_one_runs(
    store: Store, chair: Pages, app: Flask
) -> None:
    row = new_case(store, chair.account)

    def state() -> str:
        told = words(chair.get(f"/cases/{row.reference}").one("ul", "govuk-task-list"))
        return told.partition("Parallel processes")[2].partition("Commissioning")[0]

    write(store, row, chair.account, "process", "criminal_proceedings", runs="yes", told="yes")
    assert "In hand" in state()
    with app.app_context():
        file = casefile.read(store, row)
        beside = [each.id for each in facts.assessed(file, "parallel").processes]
    assert len(beside) > 20
    for process in beside:
        if process != "criminal_proceedings":
            write(store, row, chair.account, "process", process, runs="no", told="not_needed")
    assert "Done" in state()
    write(store, row, chair.account, "process", "complaint", runs="not known", told="yes")
    assert "In hand" in state()
