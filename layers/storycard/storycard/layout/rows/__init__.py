"""Places the small texts of a card, each kind of them in a row, and closes the gaps of rows that are empty."""
