"""What each agency is asked for, what it sends back, and the chronology of all of them."""

from __future__ import annotations

from webforms.chair.part import LEADERS, Ask, Kind, Part, not_yet

REQUEST = Part(
    id="agency_request",
    title="Requests to agencies",
    stage="agency_information",
    many=True,
    one="request",
    heads=("agency", "asked_of"),
    writers=LEADERS,
    intro=(
        "One request for each agency. Whoever is asked under section 16H has to comply; what is "
        "sent may be used for this purpose only."
    ),
    source="Children Act 2004, section 16H",
    local="appendix 4 and paragraph 8.4",
    asks=(
        Ask(
            "agency",
            "Which agency is asked?",
            required="Enter the agency that is asked",
        ),
        Ask("asked_of", "Who there is asked?", hint="A role, not a name."),
        Ask("asked_on", "When was it asked?", Kind.DATE),
        Ask("return_by", "By when is the information to come back?", Kind.DATE),
        Ask(
            "look_back_from",
            "From which day on should it look back?",
            Kind.DATE,
            hint="Three years before the incident at most (paragraph 8.4). What is older and "
            "matters is brought to the meeting: there is room for it.",
        ),
        Ask("note", "Anything else that is asked (optional)", Kind.TEXT),
    ),
)

RETURN = Part(
    id="agency_return",
    title="What the agency sent back",
    stage="agency_information",
    many=True,
    one="return",
    intro="The information for the rapid review. Facts first, in as few words as they need.",
    local="appendix 4",
    asks=(
        Ask(
            "children",
            "Which children does this concern?",
            hint="Child A, Child B …",
            form=(("appendix_4", "child"),),
        ),
        Ask(
            "involved",
            "Dates of your agency’s involvement",
            hint="From when to when, for each child. Say so if it still goes on.",
            form=(("appendix_4", "dates_of_involvement"),),
        ),
        Ask(
            "completed_by",
            "Who completed this form?",
            hint="A role, not a name.",
            form=(("appendix_4", "completed_by"),),
        ),
        Ask(
            "details",
            "Your agency’s details",
            hint="The service or team, and how it can be reached.",
            form=(("appendix_4", "agency_details"),),
        ),
        Ask(
            "involvement",
            "What was your involvement, and which safeguarding issues did you know of?",
            Kind.TEXT,
            rows=10,
            hint="With the child, the children, the family. Say what was known then, not what is "
            "known now. Name fathers and other men in the home, ethnicity and religion, "
            "disability, housing and money where they matter.",
            form=(("appendix_4", "involvement_and_issues"),),
        ),
        Ask(
            "facts",
            "What does your agency know now of the facts of the incident?",
            Kind.TEXT,
            rows=8,
            form=(("appendix_4", "facts_of_the_incident"),),
        ),
        Ask(
            "older",
            "Anything older than three years that matters (optional)",
            Kind.TEXT,
        ),
        Ask("returned_on", "When was this sent back?", Kind.DATE, past=not_yet("it was sent back")),
    ),
)

CHRONOLOGY = Part(
    id="chronology",
    title="Chronology",
    stage="agency_information",
    many=True,
    one="event",
    heads=("date", "event"),
    most=20_000,
    local="appendix 6",
    asks=(
        Ask(
            "date",
            "When did it happen?",
            Kind.DATE,
            hint="The day of the event, not the day on which it was recorded.",
            required="Enter the date of the event",
            past="The date of the event is still to come: enter the day on which it happened",
            form=(("appendix_6", "date"),),
        ),
        Ask(
            "time",
            "At what time? (optional)",
            Kind.TIME,
            hint="On the 24 hour clock, such as 14:30.",
            form=(("appendix_6", "time"),),
        ),
        Ask(
            "event",
            "What happened?",
            Kind.TEXT,
            required="Enter what happened",
            form=(("appendix_6", "significant_event"),),
        ),
        Ask(
            "agency",
            "Which agency does this come from?",
            hint="The agency that shares the information.",
            required="Enter the agency",
            form=(("appendix_6", "agency"),),
        ),
        Ask(
            "records",
            "Which kind of record does it come from?",
            hint="For example: health visiting record; police record.",
            form=(("appendix_6", "kind_of_record"),),
        ),
        Ask(
            "source",
            "Whose professional records are they?",
            hint="The source, by role. For example: the school nurse; the duty social worker.",
            form=(("appendix_6", "whose_records"),),
        ),
        Ask(
            "involved",
            "Who was involved?",
            hint="Roles, not names, as this record uses pseudonyms: Child A, mother, nurse.",
            form=(("appendix_6", "who_was_involved"),),
        ),
        Ask(
            "outcome",
            "What was decided and done, and what came of it?",
            Kind.TEXT,
            hint="Decisions, actions taken, and the outcome.",
            form=(("appendix_6", "decisions_and_outcome"),),
        ),
        Ask(
            "seen",
            "Was the child seen, and were the child’s views sought?",
            Kind.YES_NO,
            form=(("appendix_6", "child_seen"),),
        ),
        Ask(
            "views",
            "The child’s views",
            Kind.TEXT,
            hint="What the child said, or what was observed.",
            form=(("appendix_6", "child_seen"),),
        ),
        Ask(
            "comments",
            "The author’s comments (optional)",
            Kind.TEXT,
            form=(("appendix_6", "author_comments"),),
        ),
        Ask(
            "author",
            "Author of this entry",
            hint="A role, not a name.",
            form=(("appendix_6", "author"),),
        ),
    ),
)

PARTS = (REQUEST, RETURN, CHRONOLOGY)
