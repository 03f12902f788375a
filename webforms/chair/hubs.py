"""What stands together on one page: for each stage, the advice of the rules and the parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hub:
    """A page of a stage. `asks` is the stage of the rules that it asks and advises on."""

    id: str
    title: str
    intro: str = ""
    asks: str = ""
    parts: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()


HUBS = {
    hub.id: hub
    for hub in (
        Hub(
            "referral",
            "Referral",
            "Who the case is about, when things happened, how it came in, and what the referrer "
            "is told.",
            parts=("children", "key_dates", "referral", "feedback"),
            documents=(("letter-to-referrer", "The letter to the referrer"),),
        ),
        Hub(
            "notification",
            "Notification",
            asks="notify",
            parts=("notification",),
        ),
        Hub(
            "panel_answer",
            "The Panel’s answer",
            asks="review",
            parts=("panel_answer",),
            documents=(("letter-to-panel", "The letter to the Panel"),),
        ),
        Hub(
            "learning",
            "Learning below the threshold",
            asks="learning",
            parts=("learning", "learning_approval"),
            documents=(("appendix-1", "The referral for learning (Darlington’s appendix 1)"),),
        ),
        Hub(
            "reviewing",
            "Commissioning a review",
            parts=("method", "reviewer", "terms_of_reference", "governance_meeting"),
        ),
        Hub("publication", "Publication", parts=("publication", "delay")),
        Hub("actions", "Actions", parts=("action",)),
    )
}
