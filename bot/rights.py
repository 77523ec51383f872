"""Who may ask and who may change things, in which chat."""

from __future__ import annotations

from collections.abc import Collection


class Rights:
    """The lists are asked each time, so whoever keeps them may change them.

    Whoever writes in a chat that is told things may ask there; admins and the configured users may ask
    anywhere. Admins may change things, and in a private chat that is told things its owner.
    """

    def __init__(self, chats: Collection[int], admins: Collection[int], users: Collection[int] = ()) -> None:
        self._chats, self._admins, self._users = chats, admins, users

    def may_ask(self, chat: int, user: int | None) -> bool:
        """Whether an answer is given."""
        return chat in self._chats or (user is not None and (user in self._admins or user in self._users))

    def may_change(self, chat: int, user: int | None) -> bool:
        """Whether mutes, the language and stories may be changed; a private chat has its owner's number."""
        if user is None:
            return False
        return user in self._admins or (user == chat and chat in self._chats)
