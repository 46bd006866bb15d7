"""What a card is made with, as data: formats, themes, brands, labels and logos."""
