"""An exercise on paper and on the screen: the kit, the console, and the debrief."""
