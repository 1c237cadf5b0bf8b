"""How the threads of OpenMP, which torch and llama.cpp compute with, wait for each other."""

import os
from typing import Final

_SPINS: Final = "400"


def wait_shortly() -> None:
    """Let waiting threads spin for some microseconds, then sleep; what a person has set stays.

    Threads that spin for long make generation many times slower once another process is busy. Threads that sleep at
    once wake too late for the next of a token's 300 small products, which takes two thirds of the speed of an idle
    machine. Between 300 and 500 spins little is lost in either case. Read when torch or llama.cpp is loaded, so it
    must be set before.
    """
    # Under the other policies GNU's OpenMP hardly spins once several libraries have threads, whatever the count says.
    os.environ.setdefault("OMP_WAIT_POLICY", "ACTIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", _SPINS)
