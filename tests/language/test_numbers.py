import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.language.numbers import ends_with_number, number_of, numbers
from policy_tracker.language.plain import digits
from tests.language.number_words import in_words

ways = st.fixed_dictionaries(
    {"hyphen": st.booleans(), "conjunction": st.booleans(), "article": st.booleans()}
)
counts = st.one_of(st.integers(0, 130), st.integers(0, 999_999_999))


def said(text):
    """The numbers of a text: what each says, and the words that say it."""
    return [(number.value, text[number.start : number.end]) for number in numbers(text)]


@given(counts, ways, st.sampled_from(["{}", "{} ({digits})", "{digits} ({})", "{digits:,} ({})"]))
def test_a_number_in_words_is_its_value_where_it_stands(value, way, form):
    printed = form.format(in_words(value, **way), digits=value)
    for text in (f"Up to {printed} units", f"up to {printed.upper()} UNITS", printed):
        assert said(text) == [(value, text[text.lower().index(printed.lower()) :][: len(printed)])]
        assert digits(text).text.split()[-2 if "nits" in text.lower() else -1] == str(value)


@given(counts, ways)
def test_a_number_alone_is_read_from_both_spellings(value, way):
    assert (
        number_of(in_words(value, **way))
        == number_of(str(value))
        == number_of(f"{value:,}")
        == value
    )


@given(st.text(), st.integers(1, 999), ways, st.text())
def test_spans_lead_back_to_the_printed_text(before, value, way, after):
    text = f"{before} {in_words(value, **way)} {after}"
    plain = digits(text)
    assert plain.printed == text
    assert plain.span(0, len(plain.text)) == (0, len(text))
    for start, end, printed_start, printed_end in plain.differences:
        assert plain.span(start, end) == (printed_start, printed_end)
    rebuilt, place = "", 0
    for start, end, printed_start, printed_end in plain.differences:
        rebuilt += text[place:printed_start] + plain.text[start:end]
        place = printed_end
    assert rebuilt + text[place:] == plain.text


@given(st.integers(13, 99))
def test_an_ordinal_is_one_token_in_both_spellings(value):
    words = in_words(value)
    ends = {
        "one": "first",
        "two": "second",
        "three": "third",
        "five": "fifth",
        "eight": "eighth",
        "nine": "ninth",
        "ty": "tieth",
    }
    end = next((end for end in ends if words.endswith(end)), "")
    ordinal = words.removesuffix(end) + ends[end] if end else f"{words}th"
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value > 20 else "th"
    assert (
        digits(f"the {ordinal} day").text
        == digits(f"the {value}{suffix} day").text
        == f"the {value}{suffix} day"
    )
    assert [(number.value, number.kind) for number in numbers(f"the {ordinal} day")] == [
        (value, "ordinal")
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a dozen visits", "12 visits"),
        ("two dozen visits", "24 visits"),
        ("half a dozen visits", "6 visits"),
        ("5 million cells", "5000000 cells"),
        ("1.5 million cells", "1500000 cells"),
        ("One thousand, two hundred and ten units", "1210 units"),
        ("twelve hundred units", "1200 units"),
        ("twenty-\nfour baths", "24 baths"),
        ("one half tablet", "0.5 tablet"),
        ("one-half of a tablet", "0.5 of a tablet"),
        ("1/2 tablet", "0.5 tablet"),
        ("½ tablet", "0.5 tablet"),
        ("half a tablet", "0.5 tablet"),
        ("three-quarters of the dose", "0.75 of the dose"),
        ("two thirds of them", "0.6667 of them"),
        ("2 1/2 tablets", "2.5 tablets"),
        ("2½ tablets", "2.5 tablets"),
        ("two and a half tablets", "2.5 tablets"),
        ("two and one-half tablets", "2.5 tablets"),
        ("1 and 1/2 tablets", "1.5 tablets"),
        ("five (5) million cells", "5000000 cells"),
        ("½ dozen baths", "6 baths"),
        ("a tenfold rise", "a 10-fold rise"),
        ("two-hundred-and-fifty units", "250 units"),
        ("once a year", "1 time a year"),
        ("not more than once", "not more than 1 time"),
        ("twice daily", "2 times daily"),
        ("thrice in a lifetime", "3 times in a lifetime"),
        ("every other week", "every 2 weeks"),
        ("every third month", "every 3 months"),
        ("q12 months", "every 12 months"),
        ("q8h", "every 8 hours"),
        ("Q2W", "every 2 weeks"),
        ("the 3rd dose", "the third dose"),
    ],
)
def test_other_ways_to_write_a_number(text, plain):
    assert digits(text).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "a cream",
        "someone and anyone, at once",
        "no one",
        "one another",
        "the one that hurts",
        "if one can walk",
        "once approved, the bath stays approved",
        "once a diagnosis of dry skin is established",
        "several hundred baths",
        "hundreds of baths",
        "a half-hearted try",
        "oneself and nonetheless",
        "the tenor of the stone is often forgone",
    ],
)
def test_words_that_are_no_numbers(text):
    assert numbers(text) == ()
    assert digits(text).text == text


@pytest.mark.parametrize("text", ["a second opinion", "first-line therapy", "a third party"])
def test_an_ordinal_of_one_word_is_no_count(text):
    assert [number.kind for number in numbers(text)] == ["ordinal"]
    assert digits(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "One of the following:",
        "at least one (1) of these",
        "1 of the following",
        "one or more of the baths",
    ],
)
def test_one_of_several_counts_nothing(text):
    assert [number.kind for number in numbers(text)] == ["choice"]


@pytest.mark.parametrize(
    "text",
    [
        "H1 blockers",
        "J3490",
        "1/2/2026",
        "HIV-1/2",
        "type 1/2 disease",
        "FLT3",
        "version 1.2.3",
        "Q5103",
        "a quarter",
    ],
)
def test_parts_of_names_codes_and_dates_stay(text):
    assert digits(text).text == text


def test_numbers_that_follow_each_other_stay_apart():
    assert said("two or three baths") == [(2, "two"), (3, "three")]
    assert said("sixty sixteen") == [(60, "sixty"), (16, "sixteen")]
    assert said("two (3) baths") == [(2, "two"), (3, "3")]
    assert said("for one quarter") == [(1, "one")]


def test_what_is_no_number_alone():
    for text in ("many", "two baths", "", "two three"):
        with pytest.raises(ValueError, match="is no number"):
            number_of(text)
    assert number_of("-2.5") == number_of("−2.5") == -2.5


def test_a_line_may_end_with_a_number_in_words():
    assert ends_with_number("at least twenty-four")
    assert not ends_with_number("at least 24")
    assert not ends_with_number("someone")
    assert not ends_with_number("")
