"use strict";

// Shows what answers earn, on a page for practice: by question with the solutions, and by section.

function showMarks() {
  const isOver = Boolean(state.submitted);
  document.body.classList.toggle("marked", isOver);
  for (const box of all("fieldset[data-answer]")) box.disabled = isOver;
  for (const after of all("[data-after]")) after.hidden = !isOver;
  for (const earned of all("[data-earned]")) earned.hidden = !isOver;
  byId("result").hidden = !isOver;
  byId("submit").hidden = isOver;
  if (!isOver) return;
  const sections = paper.sections.map((section) => section.map(showMark));
  showResult(sections);
}

function showMark(question) {
  const marked = mark(question, answerTo(question));
  showEarned(question, marked);
  question.parts?.forEach((part, index) => showEarned(part, marked.parts[index]));
  return marked;
}

function showEarned(question, marked) {
  const line = document.querySelector(`[data-earned="${question.anchor}"]`);
  const waits = marked.waits.above > 0n ? `${inPoints(marked.waits)} ${WAITING}` : "";
  const told = [`${shown(marked.earned)} / ${inPoints(marked.worth)}`, marked.told, waits];
  write(line, told.filter(Boolean).join(" · "));
  line.classList.toggle("full", isSame(marked.earned, marked.worth));
  line.classList.toggle("open", marked.waits.above > 0n);
  const slips = all(`[data-solution="${question.anchor}"] ul`).at(-1);
  [...(slips?.children ?? [])].forEach((slip, index) => {
    slip.classList.toggle("yours", marked.misses.includes(index));
  });
}

const WAITING = "still to be marked";
const MARKED_BY = "Save your answers: `grade score` marks them, but for essays, which wait for a person.";

function showResult(sections) {
  const rows = byId("result-rows");
  rows.replaceChildren();
  sections.forEach((marked, index) => rows.append(row(sectionTitle(index), marked)));
  const every = sections.flat();
  const total = row([document.createTextNode("Total")], every);
  total.className = "total";
  rows.append(total);
  const waits = sumOf(every, "waits");
  const more = waits.above > 0n ? ` Answers worth ${inPoints(waits)} are still to be marked. ${MARKED_BY}` : "";
  write(byId("result-told"), `You have ${shown(sumOf(every, "earned"))} of ${inPoints(sumOf(every, "worth"))}.${more}`);
}

function sectionTitle(index) {
  return [...byId(`s${index + 1}`).cloneNode(true).childNodes];
}

function sumOf(marked, what) {
  return marked.map((one) => one[what]).reduce(plus, NOTHING);
}

function row(title, marked) {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.append(...title);
  const points = `${shown(sumOf(marked, "earned"))} / ${shown(sumOf(marked, "worth"))}`;
  const waits = sumOf(marked, "waits");
  line.append(head, cell(points), cell(waits.above > 0n ? shown(waits) : ""));
  return line;
}

function cell(text) {
  const made = document.createElement("td");
  made.textContent = text;
  return made;
}

function submit() {
  const blank = questions.filter((one) => !isAnswered(one)).length;
  const flagged = questions.filter((one) => state.flags[one.anchor]).length;
  const open = [...(blank ? [`${blank} left blank`] : []), ...(flagged ? [`${flagged} marked for review`] : [])];
  if (open.length && !confirm(`${open.join(", ")}. Submit and see the solutions?`)) return;
  keep((kept) => { kept.submitted = Date.now(); });
  byId("warning").hidden = isKept;
  showAll();
  byId("result-title").focus();
}
