"""How many updates a second the bot takes in and answers in webhook mode."""
