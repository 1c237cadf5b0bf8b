"""Lays out what vLLM serves, out of an installed Kitwright: `python models.py FOLDER`.

    FOLDER/base         the embedded base model, as vLLM reads it
    FOLDER/bots/<bot>   every bot that speaks with it, adapters and all, its `model:` now the server's
    FOLDER/kits         empty; as KITWRIGHT_KIT_PATH it makes these bots come before the shipped ones

Run again after an update it replaces what is there.
"""

import shutil
import sys
from pathlib import Path

import yaml

from kitwright.generation import base_model_id, embedded_model_folder
from kitwright.kit import find_bots

EMBEDDED = "embedded"
SERVER = {
    "kind": "openai_compatible",
    "base_url": "http://vllm:8000/v1",
    "model": base_model_id(EMBEDDED, None).name,
    "api_key_env": "VLLM_API_KEY",
}


def lay_out(folder: Path) -> None:
    """Write base model and bots into the folder; each is there whole or as it was before."""
    replace(embedded_model_folder(), folder / "base")
    for name, source in sorted(find_bots().items()):
        bot = yaml.safe_load((source / "bot.yaml").read_text("utf-8"))
        if bot.get("model", {}).get("model", EMBEDDED) != EMBEDDED:
            print(f"left out: {name} speaks with another model", flush=True)
            continue
        bot["model"] = SERVER
        replace(source, folder / "bots" / name, bot)
        print(f"laid out: {name}", flush=True)
    (folder / "kits").mkdir(exist_ok=True)


def replace(source: Path, target: Path, bot: dict[str, object] | None = None) -> None:
    """Put a copy of a folder in the place of another, with a new bot.yaml if one is given; readable by all."""
    fresh = target.with_name(f".{target.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(source, fresh)
    if bot is not None:
        (fresh / "bot.yaml").write_text(yaml.safe_dump(bot, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]))
