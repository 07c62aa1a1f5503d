// Filter and sort of the contracts. The page says all without it.
(() => {
  "use strict";
  const table = document.querySelector("table.suppliers");
  if (!table || table.querySelectorAll("tr[data-outcome]").length < 2) return;
  const make = (tag, text) => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };
  const field = (title, control) => {
    const label = make("label", title);
    control.setAttribute("aria-label", title);
    label.append(control);
    return label;
  };
  const choice = (options) => {
    const made = document.createElement("select");
    for (const [value, text] of options) {
      const option = make("option", text);
      option.value = value;
      made.append(option);
    }
    return made;
  };
  const rowsOf = (body) => [...body.querySelectorAll("tr[data-outcome]")];
  const bodies = [...table.tBodies];
  const rows = bodies.flatMap(rowsOf);
  const place = new Map(rows.map((row, at) => [row, at]));
  const rank = ["failed", "unknown", "below_expected", "excused", "met"];
  const words = new Map(rows.map((row) => [row.dataset.outcome, row.dataset.word]));
  const orders = {
    urgency: (a, b) => place.get(a) - place.get(b),
    name: (a, b) => a.dataset.name.localeCompare(b.dataset.name),
    outcome: (a, b) => rank.indexOf(a.dataset.outcome) - rank.indexOf(b.dataset.outcome),
    credit: (a, b) => b.dataset.credit - a.dataset.credit,
    size: (a, b) => b.dataset.nloc - a.dataset.nloc,
  };
  const text = document.createElement("input");
  text.type = "search";
  const outcome = choice([["", "all"], ...rank.filter((each) => words.has(each)).map((each) => [each, words.get(each)])]);
  const order = choice([["urgency", "urgency"], ["name", "supplier"], ["outcome", "outcome"], ["credit", "credit"], ["size", "size"]]);
  const told = make("p", "");
  told.setAttribute("role", "status");
  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const body of bodies) {
      let some = false;
      for (const row of rowsOf(body)) {
        row.hidden = !(row.dataset.name.includes(wanted) && (!outcome.value || row.dataset.outcome === outcome.value));
        shown += !row.hidden;
        some ||= !row.hidden;
      }
      body.hidden = !some;
    }
    told.textContent = `${shown} of ${rows.length} contracts`;
  };
  const sort = () => {
    const by = (a, b) => orders[order.value](a, b) || orders.urgency(a, b);
    for (const body of bodies) body.append(...rowsOf(body).sort(by));
    table.append(...[...bodies].sort((a, b) => by(rowsOf(a)[0], rowsOf(b)[0])));
  };
  text.addEventListener("input", filter);
  outcome.addEventListener("change", filter);
  order.addEventListener("change", sort);
  const bar = make("div", "");
  bar.className = "controls";
  bar.setAttribute("role", "search");
  bar.setAttribute("aria-label", "Contracts");
  bar.append(field("Find", text), field("Outcome", outcome), field("Order", order), told);
  table.before(bar);
  filter();
})();
