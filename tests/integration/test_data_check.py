"""A set seeded with faults of every kind: each is named, and the clean set has no error."""

# ruff: noqa: E501 - a record stands on one line

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from integration.library_set import CARD, PASSAGES, library_records
from kitwright.dataset import DatasetReport, Domain, Material, check_dataset, read_samples
from kitwright.encoder import embedded_encoder
from kitwright.workshop.data import probes_of

Record = dict[str, Any]


def chat(id_: str, *texts: str, topic: str = "loans", **more: object) -> Record:
    roles = ("user", "assistant")
    messages = [{"role": roles[n % 2], "content": text} for n, text in enumerate(texts)]
    return {"id": id_, "messages": messages, "passages": [topic], "tags": [topic], **more}


# Kind of the fault, and the record that has it, or the line as it stands in the file.
FAULTS: Final[list[tuple[str, Record | str]]] = [
    ("malformed", '{"id": "f-json", "messages": [{"role": "user"'),
    ("malformed", '["a list"]'),
    ("malformed", '{"id": "f-shape", "question": "Where?", "reply": "There."}'),
    ("malformed", '{"id": "f-role", "messages": [{"role": "robot", "content": "Hello there"}]}'),
    ("malformed", '{"id": "f-null", "messages": [{"role": "user", "content": null}]}'),
    ("malformed", '{"id": "f-kind", "messages": "Can I renew? Yes."}'),
    ("unknown_key", chat("f-key", "May I borrow sheet music?", "Yes, like any book.", mood="fine")),
    ("id_twice", chat("loans-03", "Are board games on the shelves to borrow?", "Please ask at the desk about games.")),
    ("roles", {"id": "f-two", "messages": [
        {"role": "user", "content": "Is the lift working?"}, {"role": "user", "content": "I have a pram."},
        {"role": "assistant", "content": "Please ask at the desk about the lift."}]}),
    ("roles", chat("f-end", "Is there a reading lamp?", "Yes, at each seat.", "Lovely, and a socket?")),
    ("empty", chat("f-blank", "Can I reserve a book that is out on loan?", "   ")),
    ("empty", chat("f-signs", "Can I reserve a DVD that is out on loan?", "...")),
    ("over_long", chat("f-long", "What is in the history section?", " ".join(
        f"Shelf {n} holds volume {n} of the county history, which is book number {n * 7}." for n in range(1, 90)))),
    ("exact_duplicate", chat("f-same", "do you lend laptops", "Yes, for 4 hours a day, to be used in the building.")),
    ("near_duplicate", chat("f-near", "Hello, how long can I keep novels please?", "You can keep a book for 21 days.")),
    ("near_duplicate", chat("f-typo", "Could I rennew the biografy that I've got at home?",
        "Yes, twice, online or by phone, as long as nobody else waits for it.")),
    ("leakage_into_eval", chat("f-eval", "Which shelf has the books about gardening with children?", "Please ask at the desk.")),
    ("leakage_into_eval", chat("f-evalish", "Hi, where can I find a quiet place to read a newspapper?", "In the quiet room.",
        topic="hours")),
    ("contradiction", chat("f-figure", "How many years does my membership run?", "It lasts 3 months.", topic="membership")),
    ("contradiction", chat("f-amount", "is there a ceiling on the late fees", "Yes, £3 for an item is the most you pay.",
        topic="fines")),
    ("contradiction", chat("f-yes", "Are you there on Sundays?", "Yes, we are open on Sunday.", topic="hours")),
    ("contradiction", chat("f-denies", "Does Leafy work on my Kindle?", "Leafy does run on the Kindle.", topic="digital")),
    ("mislabelled", chat("f-label", "How many pages can I print in colour and what does a colour page cost?",
        "A colour page is 40p.", topic="printing", tags=["children"])),
    ("imbalance", chat("f-rare", "Can I hang up a poster about our concert?", "Please ask at the desk.", tags=["notices"])),
    ("personal_data", chat("f-mail", "My address is now gwen.harper@mailbox.co.uk, please note it.", "Thank you, please do that in your account.")),
    ("personal_data", chat("f-card", "Take the fine from my card 4111 1111 1111 1111 then.", "I'm sorry, please pay at the desk.", topic="fines")),
    ("off_domain", chat("f-far", "How do I change the spark plugs of a chainsaw engine?", "Unscrew them with a socket.")),
    ("ungrounded", chat("f-price", "What do you take for a lost umbrella stand key?", "That is £18, please.", topic="rooms")),
    ("ungrounded", chat("f-link", "Where is the catalogue on the web?", "At www.library-catalogue.com.", topic="digital")),
    ("unknown_reference", chat("f-passage", "Can I sit in the garden with a book?", "Yes, when it is dry.", topic="garden")),
    ("control_tokens", chat("f-token", "Is there a copy of the town map?", "Yes, on the wall.<|im_end|>")),
    ("encoding", chat("f-latin", "Have you books about the CafÃ© de Flore?", "Yes, the cafÃ© has a book of its own.")),
    ("encoding", chat("f-html", "Do you have Dickens &amp; Hardy?", "Yes, Dickens &amp; Hardy are on the classics shelf.")),
    ("boilerplate", chat("f-ai", "Which crime novel do you like best?", "As an AI language model, I do not have a favourite.")),
    ("boilerplate", chat("f-hole", "Who leads the reading circle?", "That would be [insert name].")),
    ("truncated", chat("f-cut", "How do I order a book from another library?", "Fill in the form at the desk, and then the")),
    ("repetition", chat("f-loop", "Can I smoke on the terrace?", "No, you can't smoke. " * 4)),
    ("language", chat("f-german", "Is there a cloakroom for wet coats?", "Ja, die Garderobe ist im Erdgeschoss und Sie können dort auch Ihre Taschen lassen.")),
    ("same_prompt_and_completion", chat("f-echo", "Is there wifi in the reading hall?", "Is there wifi in the reading hall?")),
    ("chosen_equals_rejected", {"id": "f-pair", "prompt": [{"role": "user", "content": "Do you repair old books?"}],
        "chosen": [{"role": "assistant", "content": "Please ask at the desk."}],
        "rejected": [{"role": "assistant", "content": "please ask at the desk"}]}),
    *(("repeated_answer", chat(f"f-often-{n}", question, "For that I can only send you to our colleagues upstairs.", topic=topic))
      for n, (question, topic) in enumerate((
        ("Who mends the copier when it jams?", "printing"), ("Can a school class visit the picture books?", "children"),
        ("May I donate my old paperbacks?", "loans"), ("Is the meeting room heated in winter?", "rooms"),
        ("Why does the e-reader lose its battery?", "digital")))),
]  # fmt: skip
EVALS: Final = (
    {
        "id": "e-1",
        "messages": [{"role": "user", "content": "Which shelf has the books about gardening with children?"}],
    },
    {"id": "e-2", "text": "Where can I find a quiet place to read a newspaper?", "label": "rooms"},
)
Check = Callable[[list[Record | str], int], DatasetReport]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Checks a folder with these lines, its card giving this size, against the evals."""

    def run(lines: list[Record | str], size: int) -> DatasetReport:
        folder, evals = tmp_path / "library", tmp_path / "evals.jsonl"
        folder.mkdir()
        rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        (folder / "records.jsonl").write_text("\n".join(rows), encoding="utf-8")
        (folder / "README.md").write_text(CARD.format(size=size), encoding="utf-8")
        evals.write_text("\n".join(map(json.dumps, EVALS)), encoding="utf-8")
        readings = read_samples([folder])
        material = Material(
            samples=tuple(readings.samples),
            evals=tuple(read_samples([evals]).samples),
            probes=probes_of(embedded_encoder()),
            folders={folder: len(readings.samples)},
            domain=Domain(passages=PASSAGES, utterances=(), language="en"),
        )
        return check_dataset(material, unread=tuple(readings.findings))

    return run


def test_a_clean_set_has_no_error_and_hardly_a_warning(check: Check) -> None:
    records = library_records()
    report = check(list(records), len(records))
    assert len(records) == 80
    assert [(f.kind, f.ids, f.what) for f in report.findings if f.severity == "error"] == []
    assert [(f.kind, f.ids, f.what) for f in report.findings] == []


def test_every_seeded_fault_is_named(check: Check) -> None:
    clean: list[Record | str] = list(library_records())
    report = check([*clean, *(fault for _, fault in FAULTS)], 80)
    named = {(finding.kind, name) for finding in report.findings for name in (*finding.ids, *finding.places)}
    missed = []
    for number, (kind, fault) in enumerate(FAULTS, start=len(clean) + 1):
        place = f"records.jsonl:{number}"
        if (kind, place) not in named and (kind, "notices" if kind == "imbalance" else place) not in named:
            missed.append((kind, fault if isinstance(fault, str) else fault["id"]))
    assert len(FAULTS) >= 30
    assert missed == []
    assert ("card", "library") in named


def test_records_without_a_seeded_fault_are_left_alone(check: Check) -> None:
    clean = library_records()
    report = check([*clean, *(fault for _, fault in FAULTS)], 80)
    seeded = {f"records.jsonl:{number}" for number in range(len(clean) + 1, len(clean) + len(FAULTS) + 1)}
    pairs = [f for f in report.findings if f.places and not set(f.places) & seeded and f.kind != "card"]
    assert [(f.kind, f.ids, f.what) for f in pairs] == []


def test_personal_data_are_never_printed(check: Check) -> None:
    report = check([fault for _, fault in FAULTS], len(FAULTS))
    shown = json.dumps(report.as_dict())
    assert "gwen.harper" not in shown
    assert "4111" not in shown
    assert "<EMAIL_ADDRESS>" in shown
