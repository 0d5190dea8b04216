"""The movement of the interview on the real map, so that a newcomer sees it alive.

Everything is made through the services, in the order a real year would make it. The totals of
the interview hold; whatever lies below them is illustrative, and says so. People are invented.
"""
