"""`python -m storycard`: the command line without its installed script."""

import sys

from storycard.cli import main

sys.exit(main())
