// Keeps an unfinished report in this tab, so that a reload or a slip of the finger loses nothing. Gone once it is sent.
const DRAFT = "report draft";
const NOT_TYPED = new Set(["csrf_token", "step", "go", "key"]);

const form = () => document.getElementById("report");
const typed = () => [...new FormData(form())].filter(([, value]) => typeof value === "string");
const holdsSomething = (fields) => fields.some(([name, value]) => value && !NOT_TYPED.has(name));

function keep() {
  const fields = typed();
  if (holdsSomething(fields)) {
    sessionStorage.setItem(DRAFT, JSON.stringify({ step: form().dataset.step, fields }));
  }
}

function hidden([name, value]) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

function goOn(draft) {
  const token = form().elements.csrf_token;
  const fields = draft.fields.filter(([name]) => !["csrf_token", "step", "go"].includes(name));
  form().replaceChildren(token, ...[...fields, ["go", draft.step === "match" ? "where" : draft.step], ["step", draft.step]].map(hidden));
  form().submit();
}

const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
const offer = document.getElementById("draft");
if (holdsSomething(typed())) {
  keep();
} else if (draft && offer) {
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => goOn(draft));
}
document.addEventListener("input", keep);
document.addEventListener("submit", keep);
