"use strict";

const limit = 10;
limit = 20; // planted: constant-assigned

const options = {
  host: "a",
  port: 80,
  host: "b", // planted: key-twice
};

function area(width, height) {
  return width * heigth; // planted: undefined-name
}

function start(settings) {
  console.log(mode); // planted: used-before-definition
  const mode = settings.mode;
  return mode;
}

function sum(values) {
  let total = 0;
  values.forEach((value) => {
    total + value; // planted: expression-without-effect
  });
  return total;
}

function rename(user) {
  user.name = user.name; // planted: assigned-to-itself
}

function report(values) {
  const average = values.reduce((a, b) => a + b, 0) / values.length; // planted: result-never-used
  return values.length;
}

function load(path) {
  return path;
}
function load(path, mode) { // planted: function-twice
  return [path, mode];
}

undefined = 1; // planted: builtin-assigned

class Account {
  constructor(owner) {
    this.owner = owner;
  }
  balance() {
    return 0;
  }
  balance() { // planted: member-twice
    return 1;
  }
  get name() {
    this.owner.name; // planted: getter-without-return
  }
  set name(value) {
    return value; // planted: setter-returns
  }
}

class Savings extends Account {
  constructor(owner) {
    this.rate = 1; // planted: this-before-super
    super(owner);
  }
}

class Loan extends Account {
  constructor(owner) { // planted: super-missing
    this.owner = owner;
  }
}

const [left, left2] = [1];
const now = Date();
const later = Math(); // planted: object-called
const symbol = new Symbol("key"); // planted: symbol-constructed

module.exports = {
  options, area, start, sum, rename, report, load, Account, Savings, Loan, left, left2, now,
  later, symbol,
};
