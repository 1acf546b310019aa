"use strict";

// Marks answers as `grade score` does. What an answer earns stands in tables that came with the paper; here
// it is found out what was answered. Points are exact: pairs of whole numbers, the lower one positive.

// --- fractions ----------------------------------------------------------------------------------------------

function fraction(text) {
  const [above, below] = text.split("/");
  return { above: BigInt(above), below: BigInt(below ?? 1) };
}

function reduced(above, below) {
  let [a, b] = [above < 0n ? -above : above, below < 0n ? -below : below];
  while (b) [a, b] = [b, a % b];
  const shared = below < 0n ? -a : a;
  return { above: above / shared, below: below / shared };
}

const NOTHING = fraction("0");

const plus = (a, b) => reduced(a.above * b.below + b.above * a.below, a.below * b.below);
const minus = (a, b) => reduced(a.above * b.below - b.above * a.below, a.below * b.below);
const times = (a, b) => reduced(a.above * b.above, a.below * b.below);
const over = (a, b) => reduced(a.above * b.below, a.below * b.above);
const isMore = (a, b) => a.above * b.below > b.above * a.below;
const isSame = (a, b) => a.above === b.above && a.below === b.below;

// At most two decimals, none where they are whole; halves go to the even digit.
function shown(points) {
  if (points.below === 1n) return String(points.above);
  const number = Number(points.above) / Number(points.below);
  let text = number.toFixed(2);
  if (Number.isInteger(number * 8) && !Number.isInteger(number * 4)) {
    const hundredths = Math.floor(Math.abs(number) * 100);
    text = ((Math.sign(number) * (hundredths + (hundredths % 2))) / 100).toFixed(2);
  }
  return text.replace(/0+$/, "").replace(/\.$/, "");
}

function inPoints(points) {
  return points.above === 1n && points.below === 1n ? "1 point" : `${shown(points)} points`;
}

// --- numbers ------------------------------------------------------------------------------------------------

const SIGNS = {
  "×": "*", "·": "*", "∙": "*", "⋅": "*", "∗": "*", "•": "*", "÷": "/", "∕": "/", "⁄": "/",
  "−": "-", "–": "-", "‐": "-", "‑": "-",
};
const LONGEST = 150;
const MOST_TOKENS = 40;
const MOST_BITS = 1000;
const TOKEN = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\*\*|[-+*\/() ]/y;

// The number that a text stands for, with the figures it was typed with; null where that is for
// `grade score` to say: words, roots, LaTeX, and whatever is no number at all.
function readNumber(typed) {
  if (typed.length > LONGEST) return null;
  if (/^[0-9]+$/.test(typed)) return { value: fraction(typed), figures: figuresOf(typed) };
  let text = typed.trim().replace(/[^\x00-\x7f]/g, (sign) => SIGNS[sign] ?? sign);
  if (/^[-+]?[0-9]{1,3}(?:[,\u00a0\u202f' ][0-9]{3})+(?:\.[0-9]*)?$/.test(text)) {
    text = text.replace(/[,\u00a0\u202f' ]/g, "");
  }
  const percent = /^([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))\s*%$/.exec(text);
  if (percent) {
    const value = valueOf(percent[1]);
    return value && { value: over(value, fraction("100")), figures: null };
  }
  text = text.replace(/(?<=[0-9.)])\s*[xX]\s*(?=[-+0-9(.])/g, "*").replaceAll("^", "**");
  const value = valueOf(text);
  return value && { value, figures: figuresOf(text) };
}

function figuresOf(text) {
  const plain = /^[-+]?([0-9]*)\.?([0-9]*)(?:[eE][-+]?[0-9]+)?$/.exec(text);
  return plain && Math.max(1, (plain[1] + plain[2]).replace(/^0+/, "").length);
}

function valueOf(text) {
  const tokens = tokensOf(text);
  if (!tokens || !tokens.length || tokens.length > MOST_TOKENS) return null;
  const reader = { tokens, at: 0 };
  const value = sum(reader);
  return reader.at === tokens.length ? value : null;
}

function tokensOf(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (!found) return null;
    if (found[0] !== " ") tokens.push(found[0]);
  }
  return tokens;
}

// Each of these reads from `reader` what it is called for, and gives null where that is not there.

function sum(reader) {
  let value = product(reader);
  while (value && /^[-+]$/.test(reader.tokens[reader.at])) {
    const sign = reader.tokens[reader.at++];
    const next = product(reader);
    value = next && bounded(sign === "+" ? plus(value, next) : minus(value, next));
  }
  return value;
}

function product(reader) {
  let value = signed(reader);
  while (value && /^[*\/]$/.test(reader.tokens[reader.at])) {
    const sign = reader.tokens[reader.at++];
    const next = signed(reader);
    if (!next || (sign === "/" && next.above === 0n)) return null;
    value = bounded(sign === "*" ? times(value, next) : over(value, next));
  }
  return value;
}

function signed(reader) {
  const sign = reader.tokens[reader.at];
  if (sign !== "-" && sign !== "+") return power(reader);
  reader.at += 1;
  const value = signed(reader);
  return value && sign === "-" ? minus(NOTHING, value) : value;
}

function power(reader) {
  const base = atom(reader);
  if (!base || reader.tokens[reader.at] !== "**") return base;
  reader.at += 1;
  const exponent = signed(reader);
  if (!exponent || exponent.below !== 1n) return null;
  const size = exponent.above < 0n ? -exponent.above : exponent.above;
  if (BigInt(bits(base)) * size > MOST_BITS || size > 300n || (exponent.above < 0n && base.above === 0n)) {
    return null;
  }
  const [above, below] = [base.above ** size, base.below ** size];
  return exponent.above < 0n ? reduced(below, above) : { above, below };
}

function atom(reader) {
  const token = reader.tokens[reader.at++];
  if (token === "(") {
    const value = sum(reader);
    return value && reader.tokens[reader.at++] === ")" ? value : null;
  }
  if (token === undefined || !/^[0-9.]/.test(token) || /^0[0-9]+$/.test(token)) return null;
  const [digits, exponent] = token.toLowerCase().split("e");
  const [whole, rest = ""] = digits.split(".");
  const places = Number(exponent ?? 0) - rest.length;
  if (Math.abs(places) > 250) return null;
  const value = reduced(BigInt(whole + rest), 1n);
  const shift = 10n ** BigInt(Math.abs(places));
  return bounded(places < 0 ? reduced(value.above, shift) : { above: value.above * shift, below: 1n });
}

function bits(value) {
  const size = value.above < 0n ? -value.above : value.above;
  return Math.max(size.toString(2).length, value.below.toString(2).length);
}

function bounded(value) {
  return bits(value) > MOST_BITS ? null : value;
}

// --- typed answers ------------------------------------------------------------------------------------------

const RIGHT = "right";
const WRONG = "wrong";
const OPEN = "open";

// "right", "wrong", "open" where it is for others to say, or the index of the near miss.
function check(rule, typed) {
  const reads = { number: readQuantity, shape: readShape, text: readWords };
  const given = reads[rule.kind]?.(typed, rule) ?? null;
  if (given === null) return OPEN;
  const fits = { number: isNear, shape: isShape, text: isWord }[rule.kind];
  if (fits(given, rule.due)) return RIGHT;
  if (rule.is_open) return OPEN;
  const miss = rule.misses.findIndex((one) => one && fits(given, one));
  return miss < 0 ? WRONG : miss;
}

function readQuantity(typed, rule) {
  if (rule.percent) return readNumber(typed.replace(/%\s*$/, ""));
  const unit = /^(.*[0-9.)])\s*([a-z][a-z\/ ]*)$/.exec(typed.trim().toLowerCase());
  if (!unit) return readNumber(typed);
  // In 2x3 ms there is more before the unit than a number.
  const isPlain = /^[-+0-9.,*\/() ]*(?:[0-9.]e[-+]?[0-9]+)?$/.test(unit[1]);
  return isPlain && rule.units.includes(unit[2]) ? readNumber(unit[1]) : null;
}

function isNear(given, due) {
  const far = minus(given.value, fraction(due.value));
  const distance = far.above < 0n ? minus(NOTHING, far) : far;
  if (isMore(distance, fraction(due.bound))) return false;
  const isWhole = given.value.below === 1n;
  return due.figures === null || given.figures === null || given.figures >= due.figures || isWhole;
}

function readShape(typed) {
  if (!/^[0-9,;xX×*· ()[\]{}]*$/.test(typed) || typed.length > LONGEST) return null;
  const text = typed.replace(/^[()[\]{} ]+|[()[\]{} ]+$/g, "").replace(/,$/, "");
  const sizes = text.split(/\s*[,;xX×*·]\s*|\s+/);
  return sizes.length <= 16 && sizes.every((size) => /^(?:0|[1-9][0-9]{0,11})$/.test(size)) ? sizes : null;
}

function isShape(given, due) {
  return given.length === due.length && given.every((size, axis) => size === due[axis]);
}

// One case, no article, no spaces and dashes; null where other letters than those of English are in it.
function readWords(typed) {
  const text = typed.normalize("NFKC");
  if (typed.length > 900 || !/^[\x20-\x7e\t\n\r\u2010-\u2015\u2212]*$/.test(text)) return null;
  let plain = text.toLowerCase().replaceAll("$", " ").replace(/[-_\u2010-\u2015\u2212]/g, "-");
  plain = plain.split(/\s+/).join(" ").replace(/^[ .!?;:"'`]+|[ .!?;:"'`]+$/g, "");
  for (const article of ["the ", "a ", "an "]) {
    if (plain.startsWith(article)) plain = plain.slice(article.length);
  }
  return plain.replace(/[- ]/g, "");
}

function isWord(given, due) {
  return due.includes(given);
}

// --- questions ----------------------------------------------------------------------------------------------

// What an answer earns for sure, what others may add to it, what is told about it, and by their numbers the
// near misses of the question that were met.
function mark(question, answer) {
  const { marking } = question;
  const worth = fraction(marking.worth);
  if (question.kind === "parts") return ofParts(question, answer, worth);
  if (isBlank(answer)) {
    return { worth, earned: fraction(marking.blank), waits: NOTHING, told: "left blank", misses: [] };
  }
  const marked = MARKS[question.kind](marking, answer);
  return { worth, waits: NOTHING, told: marked.isRight ? "right" : "", misses: [], ...marked };
}

function ofParts(question, answer, worth) {
  const parts = question.parts.map((part) => mark(part, answer?.[part.name]));
  const total = (what) => parts.map((part) => part[what]).reduce(plus, NOTHING);
  const told = isBlank(answer) ? "left blank" : "";
  return { worth, earned: total("earned"), waits: total("waits"), told, misses: [], parts };
}

const MARKS = {
  truth: ofPattern,
  one: ofPattern,
  many: ofPattern,
  pairs: ofPairs,
  order: ofOrder,
  cells: ofCells,
  text: ofText,
  essay: (marking) => waiting("essay", marking.worth),
  code: (marking) => waiting("code", marking.worth),
};

const WAITS = {
  essay: "waits for a person",
  code: "waits for `grade score`, which runs it",
  formula: "waits for `grade score`, which compares formulas",
  typed: "not decided here: `grade score` reads more than this page does",
  options: "waits for `grade score`",
};

function waiting(why, points) {
  return { earned: NOTHING, waits: fraction(points), told: WAITS[why] };
}

function ofPattern(marking, answer) {
  if (!marking.pays) return waiting("options", marking.worth);
  if (!Object.hasOwn(marking.pays, answer)) {
    return { earned: NOTHING, told: "not marked: “none of the above” stands beside another" };
  }
  return { earned: fraction(marking.pays[answer]), isRight: answer === marking.key };
}

function ofPairs(marking, answer) {
  const right = [...marking.key].filter((letter, index) => answer[index + 1] === letter).length;
  return { earned: fraction(marking.pays[right]), isRight: right === marking.key.length };
}

function ofOrder(marking, answer) {
  const due = [...marking.key];
  const places = due.map((letter) => answer.indexOf(letter));
  if (answer.length !== due.length || places.includes(-1)) {
    return { earned: NOTHING, told: "not marked: each letter is to stand there once" };
  }
  let right = 0;
  for (let a = 0; a < due.length; a += 1) {
    for (let b = a + 1; b < due.length; b += 1) right += places[a] < places[b] ? 1 : 0;
  }
  return { earned: fraction(marking.pays[right]), isRight: right === marking.pays.length - 1 };
}

function ofCells(marking, answer) {
  const checks = Object.entries(marking.checks);
  const found = checks.map(([name, rule]) => (isBlank(answer[name]) ? WRONG : check(rule, answer[name])));
  const right = found.filter((one) => one === RIGHT).length;
  const open = found.filter((one) => one === OPEN).length;
  const earned = fraction(marking.pays[right]);
  const told = [`${right} of ${checks.length} cells right`];
  if (open) told.push(`${open} not decided here`);
  return {
    earned,
    waits: minus(fraction(marking.pays[right + open]), earned),
    isRight: right === checks.length,
    told: right === checks.length ? "right" : told.join(", "),
    misses: checks.flatMap(([, rule], index) => {
      const before = checks.slice(0, index).reduce((count, [, one]) => count + one.misses.length, 0);
      return Number.isInteger(found[index]) ? [before + found[index]] : [];
    }),
  };
}

function ofText(marking, answer) {
  const found = check(marking.check, answer);
  if (found === OPEN) return waiting(marking.check.why ?? "typed", marking.pays.right);
  if (found === RIGHT) return { earned: fraction(marking.pays.right), isRight: true };
  if (found === WRONG) return { earned: fraction(marking.pays.wrong) };
  return { earned: fraction(marking.pays.misses[found]), misses: [found] };
}

