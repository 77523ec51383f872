"""Wiring, the cycle, the jobs: what joins the rooms."""
