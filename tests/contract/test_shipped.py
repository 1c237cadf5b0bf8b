"""Every kit, bot, dataset and recipe that is shipped: found recursively, loaded, and counted."""

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kitwright.bot import adapter_faults
from kitwright.dataset import SftRecord, read_card, read_records
from kitwright.kit import Kit, find_bots, find_kits, load_bot_file, load_kit
from kitwright.registry import AdapterVersion, Registry

ROOT = Path(__file__).parents[2]
KITS = sorted(path.parent.name for path in (ROOT / "kits").rglob("kit.yaml"))
BOTS = sorted(path.parent.name for path in (ROOT / "bots").rglob("bot.yaml"))
ADAPTERS = sorted(path.parent for path in (ROOT / "bots").glob("*/adapters/*/adapter_config.json"))
LEAST_ADAPTERS = 1
LARGEST_ADAPTER = 6_000_000  # bytes
DATASETS = sorted(path for path in (ROOT / "training_data").iterdir() if path.is_dir() and path.name != "privacy")
TABLES = ROOT / "kits" / "clothing_support" / "shop" / "tables"

kit_named = cache(load_kit)


def test_all_shipped_are_found() -> None:
    assert len(KITS) >= 1
    assert len(BOTS) >= 1
    assert len(DATASETS) >= 1
    assert len(ADAPTERS) >= LEAST_ADAPTERS
    assert set(KITS) <= find_kits().keys()
    assert set(BOTS) <= find_bots().keys()


@pytest.mark.parametrize("name", KITS)
def test_kits_load_without_a_fault_and_bring_what_they_name(name: str) -> None:
    kit = load_kit(name, with_code=True)
    assert set(kit.domain.actions) == kit.code.tools.keys()
    assert len(kit.recipes) >= 1
    assert len(kit.tests) >= 12
    assert all(len(variants) >= 2 for variants in kit.prompts.templates.values())


@pytest.mark.parametrize("name", BOTS)
def test_bots_name_a_kit_that_is_there(name: str) -> None:
    file = load_bot_file(name)
    assert file.variants(kit_named(file.kit)).keys() == {"base", "persona", "style", "task"}


@pytest.mark.parametrize("folder", ADAPTERS, ids=lambda p: p.name)
def test_adapters_are_as_registered_fit_their_bot_and_are_small(folder: Path) -> None:
    file = load_bot_file(folder.parents[1].name)
    kit = kit_named(file.kit)
    assert [fault.line() for fault in adapter_faults(file, kit, folder)] == []
    version = AdapterVersion(folder)
    assert version.size <= LARGEST_ADAPTER
    assert {"README.md", "binding.json", "training.json"} <= version.manifest.files.keys()


@pytest.mark.parametrize("name", BOTS)
def test_a_promoted_adapter_is_there(name: str) -> None:
    file = load_bot_file(name)
    promoted = Registry(file.adapters_folder).promoted()
    assert promoted is None or file.adapters_folder / promoted in ADAPTERS


@pytest.mark.parametrize("folder", DATASETS, ids=lambda p: p.name)
def test_datasets_have_a_card_and_sound_records(folder: Path) -> None:
    card = read_card(folder / "README.md")
    files = sorted(folder.glob("*.jsonl"))
    records = [record for path in files for record in read_records(path, SftRecord, path.name).values()]
    assert len(records) == card.size
    assert len({record.id for record in records}) == len(records) >= 100


def _clothing() -> Kit:
    return kit_named("clothing_support")


def test_the_clothing_kit_has_its_breadth() -> None:
    kit = _clothing()
    per_intent = Counter(example.intent for example in kit.nlu.examples)
    assert len(per_intent) >= 45
    assert min(per_intent.values()) >= 45
    assert len(kit.passages) >= 45
    assert len(kit.code.tools) >= 8


def test_utterances_are_not_said_twice() -> None:
    folded = Counter(" ".join(example.text.casefold().split()) for example in _clothing().nlu.examples)
    assert [text for text, count in folded.items() if count > 1] == []


def test_eval_messages_are_not_in_the_training_utterances() -> None:
    kit = _clothing()
    trained = {" ".join(example.text.casefold().split()) for example in kit.nlu.examples}
    samples = [sample for entry in kit.evals for sample in entry.samples]
    shared = [s.text for s in samples if " ".join(s.text.casefold().split()) in trained and len(s.text.split()) > 3]
    assert len(samples) >= 500
    assert shared == []


def test_training_records_name_passages_that_are_there() -> None:
    known = {passage.id for passage in _clothing().passages}
    for path in (ROOT / "training_data" / "clothing_support").glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            assert set(record["passages"]) <= known, record["id"]


def _rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_demo_shop_is_large_and_whole() -> None:
    products, orders, stock = _rows("products"), _rows("orders"), _rows("stock")
    lines, customers = _rows("order_lines"), _rows("customers")
    states = Counter(order["state"] for order in orders)
    assert len(products) >= 120
    assert len(orders) >= 80
    assert len(states) == 12
    assert min(states.values()) >= 5
    assert {order["customer_id"] for order in orders} <= {customer["customer_id"] for customer in customers}
    known = {(row["product_id"], row["colour"], row["size"]) for row in stock}
    assert {(line["product_id"], line["colour"], line["size"]) for line in lines} <= known


def test_the_demo_shop_holds_no_real_addresses() -> None:
    domains = {customer["email"].rpartition("@")[2] for customer in _rows("customers")}
    assert domains <= {"example.com", "example.org", "example.net"}


def test_the_kit_knows_every_product_by_name() -> None:
    assert set(_clothing().nlu.lookups["product_name"]) == {product["name"] for product in _rows("products")}
