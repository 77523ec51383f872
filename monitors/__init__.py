"""LOOKS: from the web to Articles."""
