"""A ready item of each type, which its author rewrites field by field."""

from collections.abc import Mapping

HEAD = """\
- id: {id}
  type: {type}
"""
FOOT = """\
  difficulty: 2  # 1 recalls, 3 applies, 5 is hard
  source: [{source}]  # the entry that it is made from
"""

BODIES: Mapping[str, str] = {
    "true_false": """\
  stem: A statement of one fact … that can be decided without a figure.  # no "not" where it can be helped
  answer: true
  explanation: It is so because … .  # why, for those who judged otherwise
""",
    "single_choice": """\
  stem: Which … is … ?  # ask for what is right; one thing
  options:
    - key: the right one …
    - distractor: a wrong one … that tempts
      feedback: What would … be then?  # a question that helps
    - distractor: what a usual mistake … gives
      feedback: Which … does this leave out?
  explanation: The right one follows from … .
""",
    "multiple_choice": """\
  stem: Which of these … ?
  options:
    - key: one that applies …
      feedback: This applies because … .
    - key: another that applies …
      feedback: This applies, since … .
    - distractor: one that does … but for another reason
      feedback: When would this … ?
    - distractor: what a usual mistake … gives
      feedback: What does this … leave out?
  explanation: The first two follow from … , the others would need … .
""",
    "short_answer": """\
  stem: A layer has {{{{ filters }}}} filters on an input with {{{{ depth }}}} channels. How many biases … ?
  params:
    filters: {{from: 4, to: 32, step: 4}}
    depth: [1, 3, 8]
  answer: {{number: "{{{{ filters }}}}"}}  # or shape, formula, matrix_formula, text
  near_misses:
    - number: "{{{{ filters*(depth + 1) }}}}"
      feedback: How many sums does each filter add its bias to?
  check: |  # recomputes the key in another way
    biases = np.zeros(filters)
    assert answer == biases.size
    assert depth > 0
  explanation: Each of the {{{{ filters }}}} filters has one bias … .
""",
    "matching": """\
  stem: What belongs to what … ?
  pairs:
    - {{left: a first …, right: what belongs to the first …}}
    - {{left: a second …, right: what belongs to the second …}}
    - {{left: a third …, right: what belongs to the third …}}
  extras: [what belongs to none … of them]  # so that the last pair is not given away
  explanation: Each belongs to … because … .
""",
    "ordering": """\
  stem: Put the steps of … into their order.
  steps:  # in the right order; they are printed in another
    - the first step …
    - the second step …
    - the third step …
  explanation: The second step needs … , the third … .
""",
    "table": """\
  stem: Fill in the table for an input of {{{{ size }}}}×{{{{ size }}}}×1, without padding … .
  params:
    size: [28, 32]
  columns: [Layer, Output shape, Parameters]
  rows:
    - [INPUT, "{{{{ size }}}}×{{{{ size }}}}×1", "0"]
    - - CONV5-10
      - {{shape: ["{{{{ size - 4 }}}}", "{{{{ size - 4 }}}}", 10]}}
      - number: 10*(5*5*1 + 1)
        near_misses: [{{number: 10*5*5*1, feedback: "What does each filter add to its weighted sum?"}}]
  check: |
    positions = len(range(0, size - 5 + 1))
    weights = np.zeros((10, 5, 5, 1)).size
    assert answer == [(positions, positions, 10), weights + 10]
  explanation: Without padding a filter of 5×5 fits at … positions.
""",
    "parts": """\
  stem: Let … be … .
  parts:
    - type: true_false
      stem: A statement … about it.
      answer: false
      explanation: It is not so, because … .
    - type: single_choice
      stem: Which … does it have?
      options:
        - key: the right one …
        - distractor: a wrong one …
          feedback: What would … be then?
      explanation: The right one follows from … .
      points: 2
  explanation: Both follow from … .
""",
    "code": """\
  stem: Implement … as the exercise says, and hand in your file.
  exercise: {exercise}
  explanation: The reference … .
""",
    "essay": """\
  stem: Explain why … .
  answer: A model answer … in a few sentences.
  rubric:  # what a person looks for, with points
    - {{criterion: names …, points: 2}}
    - {{criterion: gives a reason …, points: 2}}
  explanation: A full answer says … .
""",
}
"""What stands between id and difficulty, by type."""


def starter(kind: str, name: str, source: str, exercise: str) -> str:
    """A ready item as an entry of a list, in the layout of `grade fmt`."""
    filled = {"id": name, "type": kind, "source": source, "exercise": exercise}
    return "".join(part.format(**filled) for part in (HEAD, BODIES[kind], FOOT))
