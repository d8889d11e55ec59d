"""Shares of categories by country, year or outlet, corrected by a hand-coded sample, and the size such a sample needs.

Counts of predicted categories are no estimates: a model that is right nine times in ten errs in one direction more than in
the other. A small hand-coded sample measures that error, and the estimate carries it in its interval.
"""

from pipeline.estimate.coded import HandCoded, read_coded
from pipeline.estimate.plan import Plan, draw, plan
from pipeline.estimate.population import BY, Unit, population
from pipeline.estimate.shares import Share, shares

__all__ = ["BY", "HandCoded", "Plan", "Share", "Unit", "draw", "plan", "population", "read_coded", "shares"]
