"""The shipped bot's training job: what is read, audited, planned and written out, without training."""

import json
from pathlib import Path

import pytest

from kitwright.errors import UsageError
from kitwright.types import Message
from kitwright.workshop import training
from kitwright.workshop.training import TrainingJob

FEWEST_TURNS = 1500


@pytest.fixture(scope="module")
def job() -> TrainingJob:
    return training.training_job("clothing_support")


def test_every_record_is_learned_from_or_held_out(job: TrainingJob) -> None:
    used = sorted(example.id for example in [*job.train, *job.held_out])
    assert used == sorted(record.id for record in job.records)
    assert job.audit.examples == len(used) >= 1000
    assert {example.topic for example in job.held_out} <= {example.topic for example in job.train}


def test_the_kit_brings_enough_written_turns(job: TrainingJob) -> None:
    folder = job.kit.training_data
    assert folder is not None
    turns = sum(
        message["role"] == "assistant"
        for path in folder.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
        for message in json.loads(line)["messages"]
    )
    assert turns >= FEWEST_TURNS


def test_the_run_folder_changes_with_what_the_run_depends_on(job: TrainingJob) -> None:
    assert training.training_job("clothing_support").folder == job.folder


def test_the_plan_fits_a_laptop_and_the_adapter_the_bot(job: TrainingJob) -> None:
    plan = training.plan(job)
    assert plan.steps == round(-(-len(job.train) // job.recipe.batch_size) * job.recipe.epochs)
    assert 0 < plan.adapter_mb <= 6
    assert 500 < plan.memory_mb < 8000
    assert plan.seconds > plan.steps  # a step reads eight conversations; none takes less than a second on a CPU


def test_the_job_is_written_out_for_others_as_it_would_be_trained(job: TrainingJob, tmp_path: Path) -> None:
    training.export(job, training.trainer_named("axolotl"), tmp_path)
    (data,) = tmp_path.glob("*.jsonl")
    rows = [json.loads(line)["messages"] for line in data.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(job.records)
    chat = [Message(each["role"], each["content"]) for each in rows[0]]
    example = next(e for e in [*job.train, *job.held_out] if e.id == job.records[0].id)
    assert job.renderer.chat_format.encode(chat, for_answer=False).ids == example.ids


def test_what_is_not_there_is_said_with_the_choices() -> None:
    with pytest.raises(UsageError, match="support_sft"):
        training.training_job("clothing_support", recipe="intents")
    with pytest.raises(UsageError, match="axolotl"):
        training.trainer_named("axolotle")
