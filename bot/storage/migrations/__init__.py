"""How the schema came to be, step by step; run by :meth:`bot.storage.Database.migrate`."""
