"use strict";

const fs = require("fs");

const options = { host: "a", port: 80 };

function isReady(job) {
  return job.state === "ready";
}

function isBroken(reading) {
  return Number.isNaN(reading);
}

function isText(value) {
  return typeof value === "string";
}

function inRange(value, low, high) {
  return low < value && value < high;
}

function hasNoKey(key, table) {
  return !(key in table);
}

function outside(value) {
  return value < 0 || value > 100;
}

function rate(kind) {
  switch (kind) {
    case "gold":
      return 3;
    case "silver":
    case "bronze":
      return 2;
    default:
      return 0;
  }
}

function label(state) {
  let text;
  switch (state) {
    case 1:
      text = "open";
      // falls through
    case 2:
      text = text || "closed";
      break;
    default:
      text = "unknown";
  }
  return text;
}

function load(read) {
  try {
    return read();
  } finally {
    read.close();
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    console.error(error);
    return null;
  }
}

function countdown(from, tell) {
  for (let left = from; left > 0; left--) {
    tell(left);
  }
}

function drain(queue, work) {
  while (queue.length > 0) {
    work(queue.pop());
  }
  for (;;) {
    if (work()) {
      break;
    }
  }
}

function grade(points) {
  if (points > 90) {
    return "A";
  } else if (points > 80) {
    return "B";
  }
  return "D";
}

function check(value) {
  if (value < 0) {
    throw new RangeError("negative");
  }
}

function sum(values) {
  let total = 0;
  values.forEach((value) => {
    total += value;
  });
  return total;
}

function doubled(numbers) {
  return numbers.map((number) => {
    return number * 2;
  });
}

function tokens(text) {
  const pattern = /[a-z]+/g;
  const found = [];
  let match;
  while ((match = pattern.exec(text)) !== null) {
    found.push(match[0]);
  }
  return found;
}

function grid(size) {
  return Array.from({ length: size }, () => []);
}

function save(path, text) {
  return new Promise((resolve, reject) => {
    fs.writeFile(path, text, (error) => {
      if (error) {
        reject(error);
      } else {
        resolve();
      }
    });
  });
}

async function removeAll(paths) {
  await Promise.all(paths.map((path) => fs.promises.unlink(path)));
}

class Account {
  constructor(owner) {
    this.owner = owner;
  }

  get name() {
    return this.owner.name;
  }

  set name(value) {
    this.owner.name = value;
  }
}

class Savings extends Account {
  constructor(owner) {
    super(owner);
    this.rate = 1;
  }
}

module.exports = {
  options, isReady, isBroken, isText, inRange, hasNoKey, outside, rate, label, load, parse,
  countdown, drain, grade, check, sum, doubled, tokens, grid, save, removeAll, Account, Savings,
};
