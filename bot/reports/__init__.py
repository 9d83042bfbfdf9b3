"""How things stand, as values that a terminal, a chat or a page of metrics can show.

========= ====================================================================
sender    the process that sends, and how sending goes
progress  how far each issue on its way has come, and how long the rest takes
forecast  what publishing an issue would send
status    issues, subscribers and deliveries, counted
========= ====================================================================
"""
