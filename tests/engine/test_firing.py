"""The rules of use of durable-rules: what it is asked, what it never is, what is cleared up."""

from __future__ import annotations

import ast
import inspect
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import durable_rules_engine
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
import engine.firing
from engine.expression import All, Answered, Any, Concluded, Not, Stands, Status
from engine.faults import DurableRulesFault
from engine.firing import NAMES_A_BOX, Firing, firing_of
from engine.joins import ALWAYS, MOST_CONDITIONS, YES, Join, compiled
from engine.program import Program
from tests.engine.little import YES_NO, little, partial_answers, program_of, yes
from tests.engine.programs import NAMES, names, shipped_programs

FORBIDDEN = {
    "get_host",
    "none",
    "dispatch",
    "dispatch_timers",
    "delete_ruleset",
    "retract_fact",
    "retract_facts",
    "retract_event",
    "start_timer",
    "cancel_timer",
    "assert_timers",
    "assert_event",
    "assert_events",
    "update_state",
    "start_action",
    "post",
    "run_all",
    "statechart",
    "flowchart",
    "when_start",
    "set_store_message_callback",
    "set_queue_message_callback",
}
USED = {
    "assert_fact",
    "assert_facts",
    "start_action_for_state",
    "complete_and_start_action",
    "error",
}


@pytest.fixture
def danger() -> Program:
    """Seen and told establish danger; either "no" rules it out."""
    return program_of(little({"danger": All((yes("seen"), yes("told")))}))


@pytest.fixture
def firing(danger: Program) -> Firing:
    return Firing("danger", compiled(danger))


class Sessions:
    """The sessions that were opened and deleted, and every fact that was asserted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[str] = []
        self.deleted: list[str] = []
        self.facts: list[dict[str, object]] = []
        self.batches: list[int] = []
        assert_fact = durable_rules_engine.assert_fact
        assert_facts = durable_rules_engine.assert_facts
        delete_state = engine.firing.Ruleset.delete_state

        def one(handle: int, text: str) -> tuple[int, int]:
            self.opened.append(json.loads(text)["sid"])
            return assert_fact(handle, text)

        def several(handle: int, text: str) -> tuple[int, int]:
            facts = json.loads(text)
            self.batches.append(len(facts))
            self.facts += facts
            return assert_facts(handle, text)

        def delete(ruleset: object, sid: str) -> None:
            self.deleted.append(sid)
            delete_state(ruleset, sid)

        monkeypatch.setattr(durable_rules_engine, "assert_fact", one)
        monkeypatch.setattr(durable_rules_engine, "assert_facts", several)
        monkeypatch.setattr(engine.firing.Ruleset, "delete_state", delete)

    @property
    def live(self) -> set[str]:
        return set(self.opened) - set(self.deleted)


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Sessions:
    return Sessions(monkeypatch)


# What is never used


def source_tree(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_what_bites_is_never_named() -> None:
    tree = source_tree(Path(inspect.getfile(engine.firing)))
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    named |= {node.name for node in ast.walk(tree) if isinstance(node, ast.alias)}
    assert not named & FORBIDDEN


def test_of_the_package_only_what_was_tried_is_used() -> None:
    tree = source_tree(Path(inspect.getfile(engine.firing)))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "durable_rules_engine"
    }
    assert used == USED
    imported = {
        (node.module, each.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("durable")
        for each in node.names
    }
    assert imported == {("durable.engine", "Ruleset")}


def test_no_other_room_of_the_engine_touches_the_package() -> None:
    for path in Path(inspect.getfile(engine)).parent.rglob("*.py"):
        for node in ast.walk(source_tree(path)):
            if isinstance(node, ast.Import):
                modules = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            else:
                continue
            touches = any(each.split(".")[0].startswith("durable") for each in modules)
            assert not touches or path.name == "firing.py", path.name


def test_no_timer_thread_is_running_after_a_case(firing: Firing) -> None:
    firing.run({"seen": "yes"}, ("danger",))
    assert not any(isinstance(each, threading.Timer) for each in threading.enumerate())


# What is asserted


@settings(max_examples=40)
@given(name=names, data=st.data())
def test_only_facts_that_some_rule_consumes_are_asserted(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    firing = firing_of(program)
    joins = (*firing.program.joins, *firing.program.route_joins)
    consumed = {fact for join in joins for fact in join.all_of}
    known = program.known_answers(data.draw(partial_answers(program)))
    with pytest.MonkeyPatch.context() as patch:
        sessions = Sessions(patch)
        firing.run(known, tuple(each.finding for each in program.findings))
    asserted = {(str(each["p"]), each["v"]) for each in sessions.facts}
    assert asserted <= consumed
    assert 0 not in sessions.batches


@settings(max_examples=40)
@given(name=names, data=st.data())
def test_a_fact_holds_our_own_names_and_no_users_text(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    known = program.known_answers(data.draw(partial_answers(program)))
    with pytest.MonkeyPatch.context() as patch:
        sessions = Sessions(patch)
        firing_of(program).run(known, tuple(each.finding for each in program.findings))
    for fact in sessions.facts:
        assert fact["v"] in (0, 1, 2)
        assert not isinstance(fact["v"], bool)
        assert set(fact) == {"b", "p", "v", "sid", "id"}
    assert len(set(sessions.opened)) == 1
    assert {fact["sid"] for fact in sessions.facts} <= set(sessions.opened)


def test_not_known_asserts_nothing(firing: Firing, sessions: Sessions) -> None:
    firing.run({"seen": "not known", "told": "not known"}, ("danger",))
    assert [each["p"] for each in sessions.facts] == ["danger"]
    assert sessions.facts[0]["v"] == 2


def test_nothing_is_asserted_when_nothing_is_consumed(sessions: Sessions) -> None:
    routes = {"only": Not(Stands("unheard_of", Status.OPEN))}
    program = program_of(little({"danger": yes("seen")}, routes))
    firing = Firing("nothing", compiled(program))
    trace = firing.run({}, ("danger",))
    assert trace.routes == ("only",)
    assert 0 not in sessions.batches


# Sessions


def test_every_case_has_a_session_of_its_own(firing: Firing, sessions: Sessions) -> None:
    for _ in range(20):
        firing.run({"seen": "yes", "told": "yes"}, ("danger",))
    assert len(set(sessions.opened)) == 20
    assert all(len(each) == 32 for each in sessions.opened)


def test_every_session_is_deleted(firing: Firing, sessions: Sessions) -> None:
    for known in ({}, {"seen": "yes"}, {"seen": "no"}, {"seen": "yes", "told": "yes"}):
        firing.run(known, ("danger",))
    assert sessions.live == set()


def test_a_session_is_deleted_when_a_case_fails(
    firing: Firing, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise DurableRulesFault("in the middle")

    monkeypatch.setattr(Firing, "_chain", fails)
    with pytest.raises(DurableRulesFault, match="in the middle"):
        firing.run({"seen": "yes"}, ("danger",))
    assert sessions.opened
    assert sessions.live == set()


def test_a_session_that_never_began_is_left_alone(
    firing: Firing, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Deleting a session whose first action was not taken up aborts the whole process.
    def fails(*_: object) -> None:
        raise durable_rules_engine.error("Could not start action")

    monkeypatch.setattr(durable_rules_engine, "start_action_for_state", fails)
    with pytest.raises(DurableRulesFault, match="Could not start action"):
        firing.run({"seen": "yes"}, ("danger",))
    assert sessions.opened
    assert sessions.deleted == []


def test_two_thousand_cases_stay_clear_of_the_limit_of_live_sessions(firing: Firing) -> None:
    # durable-rules crashes the process at the 1,024th session that is not deleted.
    for number in range(2000):
        known = {"seen": "yes"} if number % 2 else {"seen": "yes", "told": "yes"}
        trace = firing.run(known, ("danger",))
        assert trace.statuses["danger"] is (Status.OPEN if number % 2 else Status.ESTABLISHED)


def test_one_case_leaves_nothing_behind_for_the_next(firing: Firing) -> None:
    assert firing.run({"seen": "yes", "told": "yes"}, ("danger",)).routes == ("act",)
    assert firing.run({}, ("danger",)).routes == ("find_out",)
    assert firing.run({"told": "no"}, ("danger",)).routes == ("leave_it",)
    assert firing.run({"seen": "yes", "told": "yes"}, ("danger",)).routes == ("act",)


def test_threads_take_turns_and_get_their_own_answers(firing: Firing) -> None:
    cases: list[tuple[dict[str, str], str]] = [
        ({"seen": "yes", "told": "yes"}, "act"),
        ({"seen": "yes"}, "find_out"),
        ({"seen": "no"}, "leave_it"),
        ({}, "find_out"),
    ]

    def fifty(case: tuple[dict[str, str], str]) -> list[tuple[str, ...]]:
        return [firing.run(case[0], ("danger",)).routes for _ in range(50)]

    with ThreadPoolExecutor(4) as pool:
        for (_, route), taken in zip(cases, pool.map(fifty, cases), strict=True):
            assert taken == [(route,)] * 50


# Faults


@pytest.mark.parametrize("code", [1, 2, 3, 309])
@pytest.mark.parametrize("call", ["assert_fact", "assert_facts"])
def test_any_return_code_but_success_is_a_fault(
    code: int, call: str, firing: Firing, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = getattr(durable_rules_engine, call)

    def wrong(handle: int, text: str) -> tuple[int, int]:
        return code, right(handle, text)[1]

    monkeypatch.setattr(durable_rules_engine, call, wrong)
    with pytest.raises(DurableRulesFault, match=rf"did not take a fact \(code {code}\)"):
        firing.run({"seen": "yes"}, ("danger",))
    monkeypatch.undo()
    assert firing.run({"seen": "no"}, ("danger",)).routes == ("leave_it",)


@pytest.mark.parametrize(
    "call", ["assert_fact", "assert_facts", "start_action_for_state", "complete_and_start_action"]
)
def test_what_durable_rules_raises_is_a_fault_of_ours(
    call: str, firing: Firing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise durable_rules_engine.error("Could not do it, error code: 204")

    monkeypatch.setattr(durable_rules_engine, call, fails)
    with pytest.raises(DurableRulesFault, match="Could not do it, error code: 204"):
        firing.run({"seen": "yes"}, ("danger",))


def test_a_session_that_cannot_be_deleted_does_not_hide_the_fault(
    firing: Firing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable_rules_engine, "assert_fact", lambda *_: (2, 0))
    # The session never opened, so that its deletion fails as well.
    with pytest.raises(DurableRulesFault, match=r"did not take a fact \(code 2\)"):
        firing.run({"seen": "yes"}, ("danger",))


def test_a_finding_both_established_and_ruled_out_is_a_fault(danger: Program) -> None:
    right = compiled(danger)
    lies = [Join("lie", (("seen = yes", YES),), ("danger", each)) for each in (0, 1)]
    firing = Firing("lies", type(right)((*right.joins, *_named(lies)), right.route_joins))
    with pytest.raises(DurableRulesFault, match="'danger' was both established and ruled out"):
        firing.run({"seen": "yes"}, ("danger",))


def _named(joins: list[Join]) -> list[Join]:
    return [
        Join(f"{join.name} {number}", join.all_of, join.concludes)
        for number, join in enumerate(joins)
    ]


# What it can bear


def many(count: int) -> dict[str, tuple[str, ...]]:
    return {f"q{number}": YES_NO for number in range(count)}


def test_sixteen_conditions_are_joined() -> None:
    questions = many(MOST_CONDITIONS)
    program = program_of(little({"all": All(tuple(map(yes, questions)))}, None, questions))
    firing = Firing("sixteen", compiled(program))
    known = dict.fromkeys(questions, "yes")
    assert firing.run(known, ("all",)).statuses["all"] is Status.ESTABLISHED
    known["q7"] = "no"
    assert firing.run(known, ("all",)).statuses["all"] is Status.RULED_OUT
    del known["q7"]
    assert firing.run(known, ("all",)).statuses["all"] is Status.OPEN


@pytest.mark.parametrize("join", [All, Any])
def test_more_than_sixteen_conditions_in_a_rule_are_refused(join: type) -> None:
    questions = many(MOST_CONDITIONS + 1)
    program = program_of(little({"all": join(tuple(map(yes, questions)))}, None, questions))
    with pytest.raises(DurableRulesFault) as refused:
        compiled(program)
    assert str(refused.value) == (
        "'all' joins 17 conditions, durable-rules takes 16: split its rule in two"
    )


def test_more_than_sixteen_conditions_in_a_route_are_refused() -> None:
    questions = many(MOST_CONDITIONS + 1)
    rules = {f"f{number}": yes(question) for number, question in enumerate(questions)}
    together = All(tuple(Stands(finding, Status.ESTABLISHED) for finding in rules))
    program = program_of(little(rules, {"all": together, "rest": Not(together)}, questions))
    with pytest.raises(DurableRulesFault, match="'route all' joins 17 conditions"):
        compiled(program)


def test_many_names_are_spread_over_boxes() -> None:
    # The 513th name side by side hangs durable-rules while it is built.
    questions = many(300)
    rules: dict[str, object] = {}
    for number in range(0, len(questions), 10):
        rules[f"f{number}"] = Any(tuple(yes(f"q{number + each}") for each in range(10)))
    groups = [Concluded(each) for each in rules]
    for number in range(0, len(groups), 10):
        rules[f"g{number}"] = Any(tuple(groups[number : number + 10]))
    rules["any"] = Any(tuple(Concluded(each) for each in rules if each.startswith("g")))
    program = program_of(little(rules, None, questions))
    firing = Firing("many", compiled(program))
    assert len(firing._box) > 512
    boxes = list(firing._box.values())
    assert max(boxes.count(box) for box in boxes) <= NAMES_A_BOX
    findings = tuple(rules)
    assert firing.run({"q299": "yes"}, findings).routes == ("act",)
    assert firing.run(dict.fromkeys(questions, "no"), findings).routes == ("leave_it",)
    assert firing.run({"q0": "no"}, findings).routes == ("find_out",)


@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_program_comes_near_a_limit(name: str) -> None:
    program = compiled(shipped_programs()[name])
    joins = [*program.joins, *program.route_joins]
    assert max(len(join.all_of) for join in joins) <= MOST_CONDITIONS
    sharing: dict[object, int] = {}
    for join in joins:
        for fact in join.all_of:
            sharing[fact] = sharing.get(fact, 0) + 1
    # 256 rules may share a condition, and a fact may match 64 times.
    assert max(sharing.values()) < 64


# What it tells


def test_the_trace_tells_what_fired_in_order_and_on_what(firing: Firing) -> None:
    trace = firing.run({"seen": "yes", "told": "yes"}, ("danger",))
    *_, last = trace.fired
    established = next(each for each in trace.fired if each.concludes == ("danger", YES))
    assert set(established.matched) == {("seen = yes", YES), ("told = yes", YES)}
    assert last.concludes == ("route act", YES)
    assert last.matched == (("danger", YES),)


@settings(max_examples=40)
@given(name=names, data=st.data())
def test_everything_fires_after_what_it_rests_on(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    known = program.known_answers(data.draw(partial_answers(program)))
    trace = firing_of(program).run(known, tuple(each.finding for each in program.findings))
    there = {(f"{q} = {v}", YES) for q, v in known.items()} | {ALWAYS}
    there |= {(f, 2) for f, status in trace.statuses.items() if status is Status.OPEN}
    for each in trace.fired:
        assert set(each.matched) <= there
        assert each.concludes not in there
        there.add(each.concludes)


def test_an_answer_among_many_rules_out_what_needs_another() -> None:
    program = program_of(little({"danger": Answered("place", ("home", "school"))}))
    firing = Firing("place", compiled(program))
    for place, status in (("home", Status.ESTABLISHED), ("street", Status.RULED_OUT)):
        assert firing.run({"place": place}, ("danger",)).statuses["danger"] is status
