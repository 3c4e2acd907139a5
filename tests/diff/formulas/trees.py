"""Made trees of criteria with edits whose meaning is known, and an oracle that tries every case.

The oracle evaluates the trees as they were made; it shares nothing with the code that it judges.
"""

import random
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import product

from tests.rules.cases import record

LETTERS = [
    "A lamp of brass hangs over the gate",
    "The bridge was painted last spring",
    "Two oxen pull the wagon uphill",
    "Snow lies on the northern roof",
    "The ferry carries grain and salt",
    "A bell rings before the market opens",
    "The miller keeps a ledger of debts",
    "Wind turns the weathervane eastward",
    "The orchard yields apples in October",
    "A clock strikes inside the tower",
]
KINDS = {"brass": "Fittings of brass", "steel": "Fittings of steel"}
LEADS = {
    "all_of": "ALL of the following are met:",
    "any_of": "ONE of the following is met:",
    "at_least:2": "At least TWO of the following are met:",
}


@dataclass
class Item:
    """A criterion: what must hold of a case, or a list of others; `said` is set where a sentence of
    its own stands before the list.
    """

    atom: str | None = None
    logic: str | None = None
    items: list["Item"] = field(default_factory=list)

    def holds(self, case: dict[str, bool]) -> bool:
        own = self.value(case)
        if self.logic is None:
            return own
        count = sum(item.holds(case) for item in self.items)
        needed = {"all_of": len(self.items), "any_of": 1, "at_least:2": 2}[self.logic]
        return own and count >= needed

    def value(self, case: dict[str, bool]) -> bool:
        if self.atom is None:
            return True
        if self.atom == "both":
            return case["brass"] or case["steel"]
        return case[self.atom]

    def atoms(self) -> set[str]:
        own = {"brass", "steel"} if self.atom == "both" else {self.atom} if self.atom else set()
        return own.union(*(item.atoms() for item in self.items))

    def text(self) -> str:
        if self.atom == "both":
            own = "Fittings of brass or steel"
        elif self.atom in KINDS:
            own = KINDS[self.atom]
        else:
            own = LETTERS[int(self.atom)] if self.atom else ""
        if self.logic is None:
            return own
        lead = LEADS[self.logic]
        return f"{own}, and {lead}" if own else lead

    def printed(self) -> list[str]:
        """The texts from the top, without how deep they stand."""
        return [self.text(), *(line for item in self.items for line in item.printed())]

    def lists(self) -> list["Item"]:
        found = [self] if self.logic else []
        return found + [one for item in self.items for one in item.lists()]


def made(chance: random.Random, atoms: list[str], depth: int = 0) -> Item:
    """A list of criteria, some of them lists themselves."""
    logic = chance.choice(["all_of", "any_of", "at_least:2"] if depth else ["all_of", "any_of"])
    items = []
    for _ in range(chance.choice([2, 3, 3])):
        if not atoms:
            break
        if depth < 2 and len(atoms) > 3 and chance.random() < 0.3:
            items.append(made(chance, atoms, depth + 1))
        else:
            items.append(Item(atoms.pop()))
    own = atoms.pop() if depth and atoms and chance.random() < 0.3 else None
    if len(items) < 2:
        logic = "all_of"
    return Item(own, logic, items)


def add(chance, tree, spare):
    chance.choice(tree.lists()).items.append(Item(spare.pop()))


def remove(chance, tree, spare):
    chosen = chance.choice([one for one in tree.lists() if len(one.items) > 2] or [tree])
    if len(chosen.items) > 2:
        chosen.items.pop(chance.randrange(len(chosen.items)))


def turn(chance, tree, spare):
    one = chance.choice(tree.lists())
    one.logic = chance.choice([name for name in LEADS if name != one.logic])


def wrap(chance, tree, spare):
    """One criterion becomes a branch, beside a new one."""
    one = chance.choice(tree.lists())
    place = chance.randrange(len(one.items))
    one.items[place] = Item(
        None, chance.choice(["any_of", "all_of"]), [one.items[place], Item(spare.pop())]
    )


def bind(chance, tree, spare):
    """One criterion is bound to a further condition that stands over it."""
    one = chance.choice(tree.lists())
    place = chance.randrange(len(one.items))
    one.items[place] = Item(spare.pop(), "all_of", [one.items[place]])


def move(chance, tree, spare):
    lists = tree.lists()
    if len(lists) < 2:
        return
    one, two = chance.sample(lists, 2)
    if len(one.items) > 2:
        item = chance.choice(one.items)
        if item is not two and two not in item.lists():
            one.items.remove(item)
            two.items.append(item)


def nest(chance, tree, spare):
    """A level of nesting that says nothing."""
    lists = [each for each in tree.lists() if each.logic != "at_least:2"]
    if lists and len((one := chance.choice(lists)).items) > 2:
        one.items = [one.items[0], Item(None, one.logic, one.items[1:])]


def double(chance, tree, spare):
    lists = [each for each in tree.lists() if each.logic != "at_least:2"]
    one = chance.choice(lists or [Item()])
    leaves = [item for item in one.items if item.logic is None]
    if leaves:
        one.items.append(deepcopy(chance.choice(leaves)))


def shuffle(chance, tree, spare):
    for one in tree.lists():
        chance.shuffle(one.items)


EDITS = {
    edit.__name__: edit for edit in (add, remove, turn, wrap, bind, move, nest, double, shuffle)
}


def pair(seed: int) -> tuple[str, Item, Item]:
    """A tree and what an edit made of it."""
    chance = random.Random(seed)
    atoms = [str(number) for number in range(len(LETTERS) - 2)]
    chance.shuffle(atoms)
    tree = made(chance, atoms)
    spare = [*atoms, "8", "9"]
    name = chance.choice([*EDITS, "merge"])
    other = deepcopy(tree)
    if name == "merge":
        lists = [place for place, one in enumerate(tree.lists()) if one.logic == "any_of"]
        if lists:
            place = chance.choice(lists)
            tree.lists()[place].items += [Item("brass"), Item("steel")]
            other.lists()[place].items.append(Item("both"))
    else:
        EDITS[name](chance, other, spare)
    return (name, other, tree) if chance.random() < 0.5 else (name, tree, other)


def twice_edited(seed: int) -> tuple[Item, Item]:
    """A tree and what two edits made of it."""
    chance = random.Random(f"two edits {seed}")
    atoms = [str(number) for number in range(len(LETTERS) - 3)]
    chance.shuffle(atoms)
    tree = made(chance, atoms)
    other, spare = deepcopy(tree), [*atoms, "7", "8", "9"]
    for _ in range(2):
        EDITS[chance.choice([*EDITS])](chance, other, spare)
    return (other, tree) if chance.random() < 0.5 else (tree, other)


def truth(before: Item, after: Item) -> str:
    """What happened to the cases, by trying all of them."""
    atoms = sorted(before.atoms() | after.atoms())
    more = fewer = False
    for values in product((False, True), repeat=len(atoms)):
        case = dict(zip(atoms, values, strict=True))
        one, two = before.holds(case), after.holds(case)
        more, fewer = more or (two and not one), fewer or (one and not two)
    return {
        (False, False): "neutral",
        (True, False): "broadened",
        (False, True): "narrowed",
        (True, True): "both",
    }[more, fewer]


def as_record(tree: Item, version: str, *, denied: bool = False):
    """The tree as a policy's record: what is approved, or denied, where it holds."""
    position = "not_medically_necessary" if denied else "medically_necessary"
    statements = []

    def write(item: Item, parent: str | None, place: int) -> None:
        key = f"{parent}/{place}" if parent else "use"
        text = item.text()
        statements.append(
            {"key": key, "text": text, "role": "criterion", "position": position}
            | ({"parent": parent} if parent else {"role": "position"})
            | ({"logic": item.logic} if item.logic else {})
        )
        if parent is None:
            statements[-1]["text"] = f"The pump is {position.replace('_', ' ')} when {text}"
        for number, one in enumerate(item.items):
            write(one, key, number)

    write(tree, None, 0)
    return record({"statements": statements}, version)
