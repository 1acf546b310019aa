"use strict";

// Keeps answers in this browser at every change, shows the time, and saves them as the file that `grade
// score` reads. What marks and shows the marks, on a page for practice, stands in scripts of its own.

const paper = JSON.parse(document.getElementById("paper").textContent);
const isPractice = paper.kind === "practice";
const STORE = `grade:${paper.kind}:${paper.id}`;
const MOST_BYTES = 2 ** 18; // what `grade score` reads of one paper
const TOO_LARGE = "It is larger than 256 KiB, the most that is read: shorten the longest answers.";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const questions = paper.sections.flat();
const leaves = questions.flatMap((question) => question.parts ?? [question]);
const leafOf = new Map(leaves.map((leaf) => [leaf.anchor, leaf]));

// --- what is kept -------------------------------------------------------------------------------------------

// `answers` and `flags` go by the anchors of questions; `started` and `submitted` are times in milliseconds.
const fresh = () => ({ answers: {}, flags: {}, started: Date.now(), submitted: null, hasKeys: true });

let state = null;
let isKept = true;

function load() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORE));
    if (!isMap(stored) || !isMap(stored.answers) || !isMap(stored.flags)) return null;
    const known = leaves.filter((leaf) => isAnswer(leaf.kind, stored.answers[leaf.anchor]));
    stored.answers = Object.fromEntries(known.map(({ anchor }) => [anchor, stored.answers[anchor]]));
    return Number.isFinite(stored.started) ? stored : null;
  } catch {
    return null;
  }
}

const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string";

// Whether what was kept is an answer of its kind: something else may have written there.
function isAnswer(kind, answer) {
  if (kind === "order") return Array.isArray(answer) && answer.every(isText);
  if (kind === "pairs" || kind === "cells") return isMap(answer) && Object.values(answer).every(isText);
  return isText(answer);
}

const NOT_KEPT =
  "This browser keeps nothing for this page: your answers last until you close or reload it." +
  " Save them as a file before you do.";

// Changes what is kept. Another tab may have written since, so that only the change itself is ours.
function keep(change) {
  const latest = (isKept && load()) || state;
  change(latest);
  state = latest;
  try {
    localStorage.setItem(STORE, JSON.stringify(state));
    if (!isKept) byId("warning").hidden = true;
    isKept = true;
  } catch {
    isKept = false;
    warn(NOT_KEPT);
  }
  byId("kept").textContent = isKept ? "saved here" : "not saved";
}

function warn(text) {
  const warning = byId("warning");
  if (warning.textContent !== text) warning.textContent = text;
  warning.hidden = false;
}

// Writes a text in which `this` is code.
function write(element, text) {
  const parts = text.split("`").map((part, index) => {
    const made = document.createElement(index % 2 ? "code" : "span");
    made.textContent = part;
    return made;
  });
  element.replaceChildren(...parts);
}

// --- answers ------------------------------------------------------------------------------------------------

// What Python strips; trim() has another list.
const NOT_SPACE = /[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

// An answer is text, a list of letters in order, or an object by the names of pairs, cells or parts.
function isBlank(answer) {
  if (answer === undefined || answer === null) return true;
  if (typeof answer === "string") return !NOT_SPACE.test(answer);
  return Object.values(answer).every(isBlank);
}

const fieldset = (anchor) => document.querySelector(`fieldset[data-answer="${anchor}"]`);
const named = (box) => all("[data-name]", box);
const area = (box) => box.querySelector("textarea, input[type=text]");

// How an answer of each kind is read from its fields, and written into them.
const CONTROLS = {
  truth: { read: ticked, write: tick },
  one: { read: ticked, write: tick },
  many: { read: ticked, write: tick },
  pairs: { read: byName, write: fill },
  cells: { read: byName, write: fill },
  order: { read: (box) => named(box).map((field) => field.value), write: fill },
  text: { read: (box) => area(box).value, write: type },
  essay: { read: (box) => area(box).value, write: type },
  code: { read: (box) => area(box).value, write: type },
};

function ticked(box) {
  return all("input:checked", box).map((field) => field.value).join("");
}

function tick(box, answer) {
  for (const field of all("input", box)) {
    const isOne = field.type === "radio";
    field.checked = typeof answer === "string" && (isOne ? answer === field.value : answer.includes(field.value));
  }
}

function byName(box) {
  const given = named(box).filter((field) => field.value.trim());
  return Object.fromEntries(given.map((field) => [field.dataset.name, field.value]));
}

function fill(box, answer) {
  for (const field of named(box)) {
    setText(field, answer?.[field.dataset.name]);
  }
}

function type(box, answer) {
  setText(area(box), answer);
}

// Only where it changes, so that the cursor of whoever is typing stays where it is.
function setText(field, answer) {
  const text = typeof answer === "string" ? answer : "";
  if (field.value !== text) field.value = text;
}

function answerTo(question) {
  if (!question.parts) return state.answers[question.anchor];
  return Object.fromEntries(question.parts.map((part) => [part.name, state.answers[part.anchor]]));
}

// --- the file -----------------------------------------------------------------------------------------------

// What stands in the file for an answer; nothing for a blank one.
function exported(question, answer) {
  if (isBlank(answer)) return undefined;
  if (question.kind === "order") return answer.join("");
  if (!question.parts) return answer;
  return Object.fromEntries(question.parts.map((part) => [part.name, exported(part, answer[part.name])]));
}

// JSON that YAML reads the same: signs that neither prints are escaped, halves of signs are replaced.
function responsesFile() {
  const responses = Object.fromEntries(questions.map((one) => [one.id, exported(one, answerTo(one))]));
  const text = JSON.stringify({ paper: paper.id, responses }, null, 2);
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const whole = text.replace(/\\ud[89a-f][0-9a-f]{2}/g, "\ufffd");
  return `${whole.replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped)}\n`;
}

function save() {
  const text = responsesFile();
  const file = new Blob([text], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${paper.id}-responses.json`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  const size = file.size > MOST_BYTES ? ` ${TOO_LARGE}` : "";
  const next = isPractice ? "`grade score` marks it too." : "Hand in this file.";
  write(byId("saved"), `Saved as \`${link.download}\` at ${clock(new Date())}. ${next}${size}`);
}

function clock(date) {
  return `${date.getHours()}:${String(date.getMinutes()).padStart(2, "0")}`;
}

// --- what is shown ------------------------------------------------------------------------------------------

function showAll() {
  for (const leaf of leaves) CONTROLS[leaf.kind].write(fieldset(leaf.anchor), state.answers[leaf.anchor]);
  byId("keys").checked = state.hasKeys !== false;
  showProgress();
  showTime();
  if (isPractice) showMarks();
}

function isAnswered(question) {
  return !isBlank(answerTo(question));
}

function showProgress() {
  const answered = questions.filter(isAnswered).length;
  const flagged = questions.filter((one) => state.flags[one.anchor]);
  byId("progress").textContent = `${answered} of ${questions.length} answered`;
  for (const question of questions) {
    const button = document.querySelector(`[data-flag="${question.anchor}"]`);
    button.setAttribute("aria-pressed", String(Boolean(state.flags[question.anchor])));
    const link = document.querySelector(`#overview a[href="#${question.anchor}"]`);
    const isFlagged = Boolean(state.flags[question.anchor]);
    link.classList.toggle("answered", isAnswered(question));
    link.classList.toggle("flagged", isFlagged);
    const told = `${isAnswered(question) ? "answered" : "blank"}${isFlagged ? ", marked for review" : ""}`;
    link.setAttribute("aria-label", `Question ${link.textContent}, ${told}`);
  }
  const blank = questions.length - answered;
  const review = flagged.length ? `, ${flagged.length} marked for review` : "";
  byId("left").textContent = blank || review ? `${blank} left blank${review}.` : "Every question has an answer.";
  if (byId("as-text").open) showText();
}

function showText() {
  byId("as-text").querySelector("textarea").value = responsesFile();
}

function buildOverview() {
  questions.forEach((question, index) => {
    const [entry, link] = [document.createElement("li"), document.createElement("a")];
    link.href = `#${question.anchor}`;
    link.textContent = String(index + 1);
    entry.append(link);
    byId("overview").append(entry);
  });
}

// --- time ---------------------------------------------------------------------------------------------------

const TOLD_AT = [15, 5, 1]; // minutes before the end at which a screen reader says so
let told = Infinity;

function secondsLeft() {
  const passed = (state.submitted ?? Date.now()) - state.started;
  return paper.minutes * 60 - Math.max(0, Math.floor(passed / 1000));
}

function showTime() {
  const left = secondsLeft();
  const timer = byId("timer");
  timer.classList.toggle("over", left <= 0);
  timer.textContent = timeTold(left);
  if (!state.submitted) say(left);
}

function timeTold(left) {
  const used = minutes(Math.floor((paper.minutes * 60 - left) / 60));
  if (state.submitted) return `submitted after ${used}`;
  if (left <= 0) return left > -60 ? "time is over" : `${minutes(Math.floor(-left / 60))} over time`;
  const [hours, rest] = [Math.floor(left / 3600), Math.floor(left / 60) % 60];
  const padded = (number) => String(number).padStart(2, "0");
  return `${hours ? `${hours}:${padded(rest)}` : rest}:${padded(left % 60)} left`;
}

function minutes(count) {
  return count === 1 ? "1 minute" : `${count} minutes`;
}

function say(left) {
  const due = left <= 0 ? 0 : TOLD_AT.findLast((mark) => mark < paper.minutes && left <= mark * 60) ?? Infinity;
  if (due >= told) return;
  told = due;
  byId("aloud").textContent = due ? `${minutes(Math.ceil(left / 60))} left` : "The time is over.";
  if (!due) warn(`The time is over. Your answers are kept: ${OVER[paper.kind]}.`);
}

const OVER = {
  practice: "go on if you like, and submit when you are done",
  graded: "save them as a file and hand it in",
};

// --- the end ------------------------------------------------------------------------------------------------

function startAgain() {
  if (!confirm("Forget all answers to this paper in this browser, and start the clock again?")) return;
  keep((kept) => Object.assign(kept, fresh()));
  told = Infinity;
  byId("warning").hidden = isKept;
  byId("saved").textContent = "";
  showAll();
  scrollTo(0, 0);
  byId("questions").focus({ preventScroll: true });
}

// --- keys ---------------------------------------------------------------------------------------------------

let current = -1;

function atKey(event) {
  const isTyping = event.target.closest("textarea, select, input[type=text]");
  const isOther = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  if (!byId("keys").checked || isTyping || isOther) return;
  const key = event.key.toLowerCase();
  if (key === "n" || key === "p") go(current + (key === "n" ? 1 : -1));
  else if (key === "m" && current >= 0) flag(questions[current].anchor);
  else if (/^[a-l]$|^t$/.test(key) && current >= 0) choose(key);
  else return;
  event.preventDefault();
}

function go(index) {
  current = Math.min(Math.max(index, 0), questions.length - 1);
  byId(questions[current].anchor).focus();
}

// Chooses where the focus is: in a part, else in the first that has such an option.
function choose(key) {
  const here = document.activeElement.closest("fieldset[data-answer], section.part, article") ?? document;
  const article = document.querySelector(`[data-question="${questions[current].anchor}"]`);
  const wanted = { t: "true", f: "false" }[key];
  const isMeant = (field) => field.value === key.toUpperCase() || field.value === wanted;
  const found = (root) => all("input[name]", root).find(isMeant);
  const field = (article.contains(here) && found(here)) || found(article);
  if (!field || field.disabled) return;
  field.focus();
  field.click();
}

function flag(anchor) {
  keep((kept) => {
    if (kept.flags[anchor]) delete kept.flags[anchor];
    else kept.flags[anchor] = true;
  });
  showProgress();
}

// --- beginning ----------------------------------------------------------------------------------------------

function answered(event) {
  const box = event.target.closest("fieldset[data-answer]");
  if (!box) return;
  const { anchor, kind } = leafOf.get(box.dataset.answer);
  const answer = CONTROLS[kind].read(box);
  keep((kept) => {
    if (isBlank(answer)) delete kept.answers[anchor];
    else kept.answers[anchor] = answer;
  });
  showProgress();
}

function clicked(event) {
  const button = event.target.closest("button");
  if (button?.dataset.flag) flag(button.dataset.flag);
  if (button?.dataset.clear) {
    tick(fieldset(button.dataset.clear), "");
    answered({ target: fieldset(button.dataset.clear) });
  }
}

// What another tab has kept since; a tab that was asleep looks again when it is seen.
function refresh() {
  const latest = load();
  if (!isKept || !latest || JSON.stringify(latest) === JSON.stringify(state)) return;
  state = latest;
  showAll();
}

function begin() {
  byId("warning").hidden = true;
  buildOverview();
  state = load() ?? fresh();
  keep(() => {});
  showAll();
  document.addEventListener("input", answered);
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", atKey);
  document.addEventListener("focusin", (event) => {
    const article = event.target.closest("[data-question]");
    if (article) current = questions.findIndex((one) => one.anchor === article.dataset.question);
  });
  byId("keys").addEventListener("change", (event) => keep((kept) => { kept.hasKeys = event.target.checked; }));
  byId("submit")?.addEventListener("click", submit);
  byId("save").addEventListener("click", save);
  byId("again").addEventListener("click", startAgain);
  byId("as-text").addEventListener("toggle", showText);
  addEventListener("storage", (event) => { if (event.key === STORE || event.key === null) refresh(); });
  addEventListener("focus", refresh);
  addEventListener("pageshow", refresh);
  addEventListener("beforeunload", (event) => {
    if (!isKept && questions.some(isAnswered)) event.preventDefault();
  });
  setInterval(showTime, 1000);
}

begin();
