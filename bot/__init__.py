"""The room that talks: cards, digests, answers, the sender and the Telegram edge."""
