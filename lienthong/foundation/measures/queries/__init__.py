"""Questions about figures: how many, of whom, in which period. Counts are for all staff; the records behind them only for
those who may read them (`records`)."""
