"""The programme's own settings, with the addresses that have one empty view more."""

from lienthong.site.settings import *  # noqa: F403 - the very same settings

ROOT_URLCONF = "bench.measured_addresses"
