"use strict";

const limit = 10; // planted: constant-assigned
limit = 20;

const options = {
  host: "a", // planted: key-twice
  port: 80,
  host: "b",
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

function load(path) { // planted: function-twice
  return path;
}
function load(path, mode) {
  return [path, mode];
}

undefined = 1; // planted: builtin-assigned

class Account {
  constructor(owner) {
    this.owner = owner;
  }
  balance() { // planted: member-twice
    return 0;
  }
  balance() {
    return 1;
  }
  get name() { // planted: getter-without-return
    this.owner.name;
  }
  set name(value) {
    return value; // planted: setter-returns
  }
}

class Savings extends Account {
  constructor(owner) { // planted: this-before-super
    this.rate = 1;
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
