"""What a bot's owner does about privacy: rights of people, retention, reports, anonymity of exports, the leak test."""
