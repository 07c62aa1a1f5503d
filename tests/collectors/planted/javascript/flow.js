"use strict";

function rate(kind) {
  switch (kind) {
    case "gold": // planted: case-twice
      return 3;
    case "silver":
      return 2;
    case "gold":
      return 1;
    default:
      return 0;
  }
}

function label(state, tell) {
  switch (state) {
    case 1:
      tell("open");
    case 2: // planted: falls-through
      tell("closed");
      break;
    default:
      tell("unknown");
  }
}

function price(item) {
  return item.price;
  audit(item); // planted: unreachable-statement
}

function audit(item) {
  return
    item.price; // planted: return-on-its-own-line
}

function load(read) {
  try {
    return read();
  } finally {
    return null; // planted: return-in-finally
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {} // planted: swallowed-error
}

function countdown(from, tell) {
  for (let left = from; left > 0; left++) { // planted: loop-in-wrong-direction
    tell(left);
  }
}

function wait(queue, work) {
  let done = false;
  while (!done) { // planted: loop-that-never-ends
    work(queue);
  }
}

function grade(points) {
  if (points > 90) { // planted: condition-twice
    return "A";
  } else if (points > 80) {
    return "B";
  } else if (points > 90) {
    return "C";
  }
  return "D";
}

function discount(customer) {
  if (customer.vip) { // planted: same-branches
    return customer.total * 0.9;
  } else {
    return customer.total * 0.9;
  }
}

function first(list) {
  for (const item of list) { // planted: loop-runs-once
    return item;
  }
  return null;
}

function close(file) {
  if (file.open); // planted: empty-statement-as-body
  {
    file.close();
  }
}

function each(list, tell) {
  for (let at = 0; at <= list.length; at++) { // planted: off-by-one
    tell(list[at].name);
  }
}

function always(settings) {
  if (settings.debug || true) { // planted: constant-condition
    return "verbose";
  }
  return "quiet";
}

function check(value) {
  if (value < 0) {
    throw "negative"; // planted: throws-a-string
  }
}

function make(value) {
  if (!value) {
    new Error("no value"); // planted: error-never-thrown
  }
  return value;
}

function wrap(work) {
  try {
    return work();
  } catch (error) { // planted: caught-error-overwritten
    error = new Error("failed");
    throw error;
  }
}

function pick(flag) {
  const value = flag ? "yes" : "yes"; // planted: same-choices
  return value;
}

module.exports = {
  rate, label, price, audit, load, parse, countdown, wait, grade, discount, first, close, each,
  always, check, make, wrap, pick,
};
