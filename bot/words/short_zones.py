"""Short names of time zones that mean one in all the world."""

#: The name of winter, or of all the year, and that of summer.
_SHORT = {
    "pst pdt": "America/Los_Angeles",
    "mst mdt": "America/Denver",
    "est edt": "America/New_York",
    "akst akdt": "America/Anchorage",
    "hst": "Pacific/Honolulu",
    "wet west": "Europe/Lisbon",
    "cet cest": "Europe/Berlin",
    "eet eest": "Europe/Helsinki",
    "msk": "Europe/Moscow",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore",
    "awst": "Australia/Perth",
    "acst acdt": "Australia/Adelaide",
    "aest aedt": "Australia/Sydney",
    "nzst nzdt": "Pacific/Auckland",
}
#: By each short name, all of the zone's and the zone.
ZONES_BY_SHORT = {name: (names, zone) for names, zone in _SHORT.items() for name in names.split()}
