"""Commands for whoever is on duty, against AWS or the local system. Never deployed."""
