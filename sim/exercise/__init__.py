"""One night as a tabletop exercise (桌面推演): which night, what the players are told when, and what they are judged by.

Everything here is data without layout: papers, cards, the console and the debrief's pages are set in ``report``.
"""
