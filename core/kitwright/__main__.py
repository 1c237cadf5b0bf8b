"""`python -m kitwright`: the command line, also for `accelerate launch -m kitwright train BOT`."""

from kitwright.cli import main

if __name__ == "__main__":
    main()
