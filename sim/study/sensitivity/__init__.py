"""Which inputs decide (敏感性分析): what matters of what is not known, where a plan breaks, and what to find out first."""
