"""Full text search over policies, their statements and codes: FTS5 on SQLite, a text search index
on PostgreSQL.

What a person types is words, never a query language: each word is quoted, so `E11.9`, `T-cell`,
`it's` and `-x` mean themselves.
"""

from __future__ import annotations

import re
from math import ceil
from typing import Any

from sqlalchemy import text as sql
from sqlmodel import Session, col, select

from policy_tracker.store.codes import begins
from policy_tracker.store.policies import REF_COLUMNS, find_payer, ref_of
from policy_tracker.store.tables import (
    CodeMention,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredVersion,
)
from policy_tracker.store.views import Hit, SnippetSpan

LONGEST_TEXT = 200
MOST_WORDS = 12
MOST_HITS = 100

_SQLITE = """
    SELECT d.policy_id, d.kind, d.version, d.place, d.heading, d.body
    FROM search_index JOIN search_document d ON d.id = search_index.rowid
    WHERE search_index MATCH :words {conditions}
    ORDER BY CASE d.kind WHEN 'policy' THEN 0 ELSE 1 END, bm25(search_index, 4.0, 1.0), d.id LIMIT :limit
"""  # noqa: E501
_POSTGRESQL = """
    SELECT d.policy_id, d.kind, d.version, d.place, d.heading, d.body
    FROM search_document d, websearch_to_tsquery('english', :words) q
    WHERE to_tsvector('english', d.heading || ' ' || d.body) @@ q {conditions}
    ORDER BY CASE d.kind WHEN 'policy' THEN 0 ELSE 1 END,
             ts_rank(to_tsvector('english', d.heading || ' ' || d.body), q) DESC, d.id LIMIT :limit
"""


def search(
    session: Session,
    text: str,
    *,
    limit: int = 20,
    payer: str | None = None,
    descriptors: bool = True,
) -> tuple[Hit, ...]:
    """What `text` finds, best first: codes that begin so, then policies, then statements and
    descriptions with all of its words.

    An empty text finds nothing; of a long one the first 12 words count. Without `descriptors` a
    code's description is neither shown nor searched. Raises NotFoundError for a payer that is not
    held.
    """
    if payer is not None:
        find_payer(session, payer)
    words = text[:LONGEST_TEXT].replace("\0", " ").split()[:MOST_WORDS]
    limit = max(1, min(limit, MOST_HITS))
    if not words:
        return ()
    found = _codes(session, words[0], payer, limit) if len(words) == 1 else []
    return (
        *found,
        *_texts(session, words, payer, descriptors=descriptors, limit=limit - len(found)),
    )


def _codes(session: Session, word: str, payer: str | None, limit: int) -> list[Hit]:
    """Policies by a code that begins with `word`: each once per code, with the version recorded
    last.
    """
    if not re.search(r"\d", word) or len(word) < 3:
        return []
    query = (
        select(CodeMention.code, CodeMention.heading, StoredVersion.label, *REF_COLUMNS)  # ty: ignore[no-matching-overload]
        .join(StoredRevision, col(StoredRevision.id) == CodeMention.revision_id)
        .join(StoredVersion, col(StoredVersion.id) == StoredRevision.version_id)
        .join(StoredPolicy, col(StoredPolicy.id) == StoredRevision.policy_id)
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
        .where(CodeMention.code != "", begins(word))
        .order_by(
            CodeMention.code,
            StoredPayer.name,
            StoredPolicy.slug,
            col(CodeMention.revision_id).desc(),
            CodeMention.ordinal,
        )
        .limit(limit * 20)
    )
    found: dict[tuple[str, int], Hit] = {}
    for code, heading, version, *ref in session.exec(
        query if payer is None else query.where(StoredPayer.slug == payer)
    ):
        policy = ref_of(ref)
        found.setdefault(
            (code, policy.id),
            Hit(
                kind="code",
                policy=policy,
                version=version,
                place=code,
                heading=heading or policy.title,
            ),
        )
    return list(found.values())[:limit]


def _texts(
    session: Session, words: list[str], payer: str | None, *, descriptors: bool, limit: int
) -> list[Hit]:
    if limit <= 0:
        return []
    quoted = " ".join(
        '"' + word.replace('"', " ").strip() + '"' for word in words if word.strip('"')
    )
    if not quoted:
        return []
    conditions = ["" if descriptors else "AND d.kind <> 'code'"]
    values: dict[str, Any] = {"words": quoted, "limit": limit}
    if payer is not None:
        conditions.append(
            "AND d.policy_id IN (SELECT p.id FROM policy p JOIN payer y ON y.id = p.payer_id "
            "WHERE y.slug = :payer)"
        )
        values["payer"] = payer
    template = _POSTGRESQL if session.get_bind().dialect.name == "postgresql" else _SQLITE
    rows = (
        session.connection()
        .execute(sql(template.format(conditions=" ".join(conditions))), values)
        .all()
    )
    query = select(*REF_COLUMNS).join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)  # ty: ignore[no-matching-overload]
    refs = {
        row[0]: ref_of(row)
        for row in session.exec(
            query.where(col(StoredPolicy.id).in_({row.policy_id for row in rows}))
        )
    }
    return [
        Hit(
            kind=row.kind,
            policy=refs[row.policy_id],
            version=row.version,
            place=row.place,
            heading=row.heading,
            snippet=snippet(row.body, words),
        )
        for row in rows
    ]


_TOKEN = re.compile(r"\w+")
_WORDS_BEFORE, _WORDS_AFTER = 8, 24
_SHORTEST_STEM, _SHARED = 4, 0.6


def snippet(text: str, words: list[str]) -> tuple[SnippetSpan, ...]:
    """The part of `text` around the first of `words` in it.

    Put together, the stretches are that part, with an ellipsis where it was cut. The databases find
    words by their stems, which they do not tell: words that begin alike are taken for the same, for
    marking, not for finding.
    """
    wanted = {part.lower() for word in words for part in _TOKEN.findall(word)}
    tokens = list(_TOKEN.finditer(text))
    hits = [any(_alike(token[0].lower(), word) for word in wanted) for token in tokens]
    first = hits.index(True) if True in hits else 0
    begin, end = max(0, first - _WORDS_BEFORE), min(len(tokens), first + _WORDS_AFTER)
    start = tokens[begin].start() if begin else 0
    stop = tokens[end - 1].end() if end < len(tokens) else len(text)
    found = [SnippetSpan(text="…")] if start else []
    place = start
    for token, hit in zip(tokens[begin:end], hits[begin:end], strict=True):
        if hit:
            found += [
                SnippetSpan(text=text[place : token.start()]),
                SnippetSpan(text=token[0], match=True),
            ]
            place = token.end()
    found.append(SnippetSpan(text=text[place:stop] + ("…" if stop < len(text) else "")))
    return tuple(span for span in found if span.text)


def _alike(token: str, word: str) -> bool:
    if token == word:
        return True
    shared = max(_SHORTEST_STEM, ceil(_SHARED * max(len(token), len(word))))
    return token[:shared] == word[:shared] and len(token) >= shared
