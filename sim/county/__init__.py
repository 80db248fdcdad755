"""What stands still: places, households, key sites; read from a folder of tables, synthesised by seed where they are silent."""

from sim.county.additions import equipped
from sim.county.load import load_county
from sim.county.places import County, Households, Places
from sim.county.plan import CountyPlan

__all__ = ["County", "CountyPlan", "Households", "Places", "equipped", "load_county"]
