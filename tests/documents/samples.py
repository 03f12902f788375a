"""Assessments made by hand, small and full of corners, for the tests of the documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from engine.expression import Status
from engine.results import (
    Assessment,
    Change,
    CitationGiven,
    ContradictionGiven,
    DeadlineGiven,
    DecisionMap,
    Explanation,
    FindingGiven,
    FiringGiven,
    MapBranch,
    MapStep,
    OpenQuestion,
    PathAnswer,
    ProcessGiven,
    RouteGiven,
    StepGiven,
)
from webforms.documents.record import build

MADE = datetime(2025, 1, 2, 15, 4, 5)

GUIDANCE = CitationGiven(
    source="working-together-2023",
    title="Working Together to Safeguard Children 2023",
    paragraph="330",
    status="read",
    text="Working Together 2023, paragraph 330",
)
ACT = CitationGiven(
    source="children-act-2004",
    title="Children Act 2004",
    paragraph="16C(1)",
    status="read",
    text="Children Act 2004, section 16C(1)",
)
UNREAD = CitationGiven(
    source="panel-guidance",
    title="The Panel's guidance",
    paragraph="",
    status="unverified",
    text="Child Safeguarding Practice Review Panel guidance (not verified)",
)


def step(name: str, do: str, **changes: Any) -> StepGiven:
    plain = StepGiven(
        id=name,
        do=do,
        who="You, with your designated safeguarding lead",
        by="at once",
        due=None,
        readings=(),
        strength="should",
        citations=(GUIDANCE,),
        note="",
        rests_on=(),
    )
    return replace(plain, **changes)


STEPS = (
    step(
        "consult",
        "Tell your designated or named safeguarding lead what happened, and agree who refers",
        by="today, before the referral is sent",
        strength="may",
    ),
    step(
        "tell",
        "Send the serious incident referral to the Darlington Safeguarding Partnership",
        who="Your agency's named person",
        by="within 1 working day of the date of awareness",
        due=date(2025, 1, 3),
        readings=(
            DeadlineGiven("one working day", "awareness", date(2025, 1, 2), date(2025, 1, 3)),
        ),
        note="Use the partnership's own form. Do not wait until every fact is known.",
    ),
    step(
        "notify",
        "Notify the Child Safeguarding Practice Review Panel",
        who="Darlington Borough Council",
        by="within 5 working days of the date of awareness",
        due=date(2025, 1, 9),
        readings=(
            DeadlineGiven(
                "five working days after the authority becomes aware",
                "awareness",
                date(2025, 1, 2),
                date(2025, 1, 9),
            ),
            DeadlineGiven(
                "five working days after the incident", "incident", date(2024, 12, 31), None,
                "the calendar of bank holidays does not reach this date",
            ),
            DeadlineGiven("five working days after the referral", "referral", None, None),
        ),
        strength="must",
        citations=(ACT, GUIDANCE),
        rests_on=("A4",),
    ),
)  # fmt: skip

ROUTE = RouteGiven(
    id="refer_as_serious_incident",
    title="Refer this as a serious child safeguarding incident",
    summary="A child has been seriously harmed and abuse is suspected. That is enough to refer.",
    strength="should",
    certain=True,
    citations=(GUIDANCE,),
    steps=STEPS,
    rests_on=("A1",),
)

SAFETY = ProcessGiven(
    id="immediate_safety",
    title="Make the child and other children safe",
    summary="A child may be at risk now.",
    status=Status.OPEN,
    decider="Anyone who knows",
    strength="must",
    citations=(GUIDANCE,),
    steps=(step("call", "Call 999 if a child is in danger now", who="You", strength="must"),),
    first=True,
    verified=True,
    rests_on=(),
)
CHILD_DEATH_REVIEW = ProcessGiven(
    id="child_death_review",
    title="Child death review",
    summary="The partners review every death of a child who lived in their area.",
    status=Status.RULED_OUT,
    decider="Child death review partners",
    strength="must",
    citations=(ACT,),
    steps=(),
    first=False,
    verified=True,
    rests_on=(),
)
INQUEST = replace(
    CHILD_DEATH_REVIEW,
    id="inquest",
    title="Inquest",
    summary="A coroner investigates some deaths.",
    status=Status.OPEN,
    decider="The coroner",
    citations=(UNREAD,),
    verified=False,
)
ADULT_REVIEW = replace(
    CHILD_DEATH_REVIEW,
    id="sar",
    title="Safeguarding Adults Review",
    summary="An adult with needs for care was seriously harmed in the same household.",
    status=Status.ESTABLISHED,
    decider="The Safeguarding Adults Board",
    steps=(
        step("agree", "Agree at the outset how the reviews will be coordinated", strength="may"),
    ),
)


def finding(name: str, sentence: str, status: Status, **changes: Any) -> FindingGiven:
    plain = FindingGiven(
        id=name,
        sentence=sentence,
        status=status,
        strength="definition",
        citations=(ACT,),
        verified=True,
        paraphrase="",
        rule=f"wt2023-{name}",
        rests_on=(),
    )
    return replace(plain, **changes)


FINDINGS = (
    finding("under_18", "The child is under 18", Status.ESTABLISHED),
    finding(
        "serious",
        "The child was seriously harmed",
        Status.ESTABLISHED,
        paraphrase="The description is not exhaustive. That a child recovers is no bar.",
        citations=(ACT, GUIDANCE),
        rests_on=("A1",),
    ),
    finding("died", "The child died", Status.RULED_OUT),
    finding(
        "elsewhere",
        "The child normally lives in the area of another authority",
        Status.OPEN,
        citations=(UNREAD,),
        verified=False,
        strength="fact",
    ),
)


def answer(
    question: str, label: str, text: str, value: str, words: str, matters: bool = True
) -> PathAnswer:
    return PathAnswer(question, label, text, value, words, matters)


PATH = (
    answer("age_of_person", "Age", "How old is the person?", "0", "Under 1 year"),
    answer(
        "what_happened", "What happened", "What happened to the child?", "harmed",
        "They were seriously harmed",
    ),
    answer(
        "abuse_or_neglect", "Abuse or neglect", "Is abuse or neglect known or suspected?",
        "suspected", "It is suspected",
    ),
    answer(
        "looked_after", "Looked after", "Is the child looked after by a local authority?",
        "not known", "Not known yet", matters=False,
    ),
)  # fmt: skip

CONTRADICTIONS = (
    ContradictionGiven(
        "A1",
        "Whether the abuse must have caused the harm",
        "The Act asks for abuse and harm, not that one caused the other; we follow the Act",
    ),
    ContradictionGiven(
        "A4", "When the five days begin", "We count from the day the authority becomes aware."
    ),
)

ASSESSMENT = Assessment(
    stage="refer",
    stage_title="Should this be referred?",
    edition="working-together-2023",
    edition_title="Working Together to Safeguard Children 2023",
    edition_status="read",
    overlay="darlington-2020",
    overlay_title="Darlington Safeguarding Partnership procedure 2020",
    area="darlington",
    dates=(("incident", date(2024, 12, 31)), ("awareness", date(2025, 1, 2))),
    rules_version="2026.11.1-3f9c2b7",
    route=ROUTE,
    findings=FINDINGS,
    processes=(ADULT_REVIEW, CHILD_DEATH_REVIEW, SAFETY, INQUEST),
    path=PATH,
    open=(
        OpenQuestion(
            "residence", "Where does the child normally live?", "Normal home", False,
            "The address at which the child is registered with a GP", "Children's social care",
        ),
        OpenQuestion(
            "place", "Where did the harm happen?", "Place of the incident", True, "", "",
        ),
    ),
    set_aside=(
        answer("cause_of_death", "Cause of death", "Is the cause of death known?", "no", "No"),
    ),
    rationale=(
        FiringGiven(
            "wt2023-under-18", "Children Act 2004, section 65", ("Age: Under 1 year",),
            "The child is under 18", Status.ESTABLISHED,
        ),
        FiringGiven(
            "wt2023-died", "Children Act 2004, section 16B(9)",
            ("What happened: They were seriously harmed",), "The child died", Status.RULED_OUT,
        ),
        FiringGiven(
            "wt2023-328", "Working Together 2023, paragraph 328",
            ("The child is under 18", "The child was seriously harmed",
             "Abuse or neglect: It is suspected"),
            "This is a serious child safeguarding incident", Status.ESTABLISHED,
        ),
    ),
    contradictions=CONTRADICTIONS,
    warnings=(
        "The incident happened outside office hours; the local form asks for a call first",
        "The Panel's guidance is unverified: check it before you rely on it.",
    ),
)  # fmt: skip

EXPLANATION = Explanation(
    route=ROUTE.id,
    reason=PATH[:3],
    changes=(
        Change(
            "refer_for_child_protection",
            "Make a child protection referral",
            (("abuse_or_neglect", "Abuse or neglect", "It is suspected", "No"),),
            ("Is there a risk of harm?",),
        ),
        Change(
            "refer_care_leaver",
            "Tell the authority about a care leaver's death",
            (
                ("age_of_person", "Age", "Under 1 year", "18 to 24"),
                ("what_happened", "What happened", "They were seriously harmed", "They died"),
            ),
            (),
        ),
    ),
    not_known_that_do_not_matter=("looked_after",),
)

MAP = DecisionMap(
    steps=(
        MapStep(
            "age_of_person", "Age", "Under 18",
            (
                MapBranch("18 to 24", "more questions", None),
                MapBranch("25 or over", "Nothing to refer under these rules", "nothing"),
                MapBranch("Not known", "more questions", None),
            ),
        ),
        MapStep(
            "what_happened", "What happened", "They were seriously harmed",
            (
                MapBranch("They died", "more questions", None),
                MapBranch(
                    "Neither", "Refer a matter that still carries learning", "refer_learning"
                ),
            ),
        ),
        MapStep(
            "abuse_or_neglect", "Abuse or neglect", "It is suspected",
            (
                MapBranch("Yes, it is known", ROUTE.title, ROUTE.id),
                MapBranch("No", "Make a child protection referral", "refer_for_child_protection"),
            ),
        ),
        MapStep("place", "Place of the incident", "In England", ()),
    ),
    route=ROUTE.id,
    title=ROUTE.title,
    certain=True,
)  # fmt: skip

FAULTY = replace(ASSESSMENT, route=None, fault="The kernel and the record of firing differ.")


def record(notes: str = "", **changes: Any) -> dict[str, Any]:
    """A record of the sample assessment, some of its parts changed."""
    return build(
        replace(ASSESSMENT, **changes),
        EXPLANATION,
        MAP,
        notes,
        MADE,
        reference="WM-7K4Q-2PXD",
        digest="9f2b6c1e0d7a4b5f8c3e2d1a0b9f8e7d6c5b4a39281706f5e4d3c2b1a0f9e8d7",
    )
