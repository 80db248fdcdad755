"""The one place for what people read: texts in Chinese and English, and how moments, lengths and shares are said."""
