"""How much memory this process holds now."""

from pathlib import Path


def resident_mb() -> float | None:
    """Resident memory in MiB; None where the system does not tell as Linux does."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    held = next((line.split()[1] for line in lines if line.startswith("VmRSS:")), None)
    return round(float(held) / 1024, 1) if held else None
