"""The desk: the terminal interface. The only room that imports Textual."""
