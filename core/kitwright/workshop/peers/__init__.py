"""Peers that have an environment of their own: scripts that another Python runs, which import nothing of ours."""
