"""The sample province: the fictional tỉnh Sơn Hải (H99), made through the acts, so that it cannot rot."""
