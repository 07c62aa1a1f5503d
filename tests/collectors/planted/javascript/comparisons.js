"use strict";

function isReady(job) {
  if (job.state = "ready") { // planted: assignment-in-condition
    return true;
  }
  return false;
}

function isBroken(reading) {
  return reading === NaN; // planted: compared-with-nan
}

function isText(value) {
  return typeof value === "sting"; // planted: typeof-misspelt
}

function unchanged(order) {
  return order.total === order.total; // planted: compared-with-itself
}

function inRange(value, low, high) {
  return low < value < high; // planted: chained-comparison
}

function isMissing(user) {
  return !user.name === undefined; // planted: negated-left-operand
}

function hasNoKey(key, table) {
  return !key in table; // planted: negation-before-in
}

function outside(value) {
  return value < 0 && value > 100; // planted: impossible-range
}

function allowed(role) {
  return role !== "admin" || role !== "owner"; // planted: always-true-inequalities
}

function isAdmin(user) {
  return user.role === "admin" || "root"; // planted: bare-string-operand
}

function isEmpty(list) {
  return list === []; // planted: compared-with-new-array
}

function same(first, second) {
  return first.price * first.count === second.price * first.count; // planted: wrong-variable-copied
}

function hasItems(list) {
  return list.length >= 0; // planted: length-never-negative
}

function found(list, item) {
  if (list.indexOf(item)) { // planted: index-as-truth
    return "found";
  }
  return "missing";
}

function retry(count) {
  return count == null || count === undefined || count < 3 && count < 3; // planted: operand-twice
}

module.exports = {
  isReady, isBroken, isText, unchanged, inRange, isMissing, hasNoKey, outside, allowed, isAdmin,
  isEmpty, same, hasItems, found, retry,
};
