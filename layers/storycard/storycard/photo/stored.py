"""Describes the one form in which photographs are stored: a small sRGB JPEG, which only `storycard_photo` writes."""

MAX_SIDE = 2400  # px of the longer side: enough for the largest card, with room to crop
START_OF_JPEG, END_OF_JPEG = b"\xff\xd8", b"\xff\xd9"
