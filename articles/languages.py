"""Languages in which a hospital may say how to get help, by the names that their own speakers know. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """`code` as in a page's `lang`; `name` is its own name, `english` the one that staff look for."""

    code: str
    name: str
    english: str
    right_to_left: bool = False

    @property
    def direction(self) -> str:
        """As the attribute `dir` has it."""
        return "rtl" if self.right_to_left else "ltr"


# The most spoken of the United States first, as lists of this kind have them.
LANGUAGES = (
    Language("es", "Español", "Spanish"),
    Language("zh-Hans", "中文(简体)", "Chinese (simplified)"),
    Language("zh-Hant", "中文(繁體)", "Chinese (traditional)"),
    Language("vi", "Tiếng Việt", "Vietnamese"),
    Language("tl", "Tagalog", "Tagalog"),
    Language("ko", "한국어", "Korean"),
    Language("ar", "العربية", "Arabic", right_to_left=True),
    Language("ru", "Русский", "Russian"),
    Language("ht", "Kreyòl ayisyen", "Haitian Creole"),
    Language("fr", "Français", "French"),
    Language("pt", "Português", "Portuguese"),
    Language("hi", "हिन्दी", "Hindi"),
    Language("pl", "Polski", "Polish"),
    Language("de", "Deutsch", "German"),
    Language("it", "Italiano", "Italian"),
    Language("ja", "日本語", "Japanese"),
    Language("fa", "فارسی", "Persian", right_to_left=True),
    Language("ur", "اردو", "Urdu", right_to_left=True),
    Language("hy", "Հայերեն", "Armenian"),
    Language("pa", "ਪੰਜਾਬੀ", "Punjabi"),
    Language("km", "ខ្មែរ", "Khmer"),
    Language("hmn", "Hmoob", "Hmong"),
    Language("th", "ไทย", "Thai"),
    Language("uk", "Українська", "Ukrainian"),
    Language("am", "አማርኛ", "Amharic"),
    Language("so", "Soomaali", "Somali"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
