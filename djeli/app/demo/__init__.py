"""`djeli demo`: the main job on an invented press, served on loopback, told to a chat in the terminal."""
