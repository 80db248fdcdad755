"""Options (能力提升措施): which are worth it, alone and together, and what is the best that a budget buys?"""
