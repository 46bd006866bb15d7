"""Sets text: finds scripts, directions and fonts, shapes text, breaks it into lines and fits it into a box."""
