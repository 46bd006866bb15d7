"""Runs the command line as `python -m storycard`."""

import sys

from storycard.cli import main

sys.exit(main())
