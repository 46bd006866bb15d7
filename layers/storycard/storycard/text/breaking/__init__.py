"""Line breaking: where lines may end (UAX #14), phrases, hyphenation, and which breaks make even lines."""
