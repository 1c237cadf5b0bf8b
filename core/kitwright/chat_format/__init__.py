"""Messages to token ids and the training mask, the same way for training and serving."""

from kitwright.chat_format.chatml import ChatFormat, EncodedChat

__all__ = ["ChatFormat", "EncodedChat"]
