"""Messages to people: the inbox, text messages and e-mail, with a record of every delivery.

Nouns: Message, Delivery, ChannelChoice. Life cycle of a delivery: pending -> sent, or failed after many tries, or undeliverable.
Never: deciding that somebody should be told (domains do), or sending twice what a provider took already.
"""
