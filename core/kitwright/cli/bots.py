"""`kitwright bots`: list the bots that are found."""

from kitwright.cli.options import JsonOption, KitPathOption
from kitwright.cli.show import print_json, print_table


def bots(kit_path: KitPathOption = None, as_json: JsonOption = False) -> None:
    """List the bots that are found.

    Example: kitwright bots
    """
    from kitwright.kit import find_bots

    found = find_bots(kit_path or ())
    if as_json:
        print_json([{"name": name, "path": str(path)} for name, path in sorted(found.items())])
    else:
        print_table(("bot", "folder"), [(name, str(path)) for name, path in sorted(found.items())])
