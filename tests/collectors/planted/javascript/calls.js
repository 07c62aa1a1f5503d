"use strict";

const fs = require("fs");

function scale(value, factor) {
  return value * factor;
}

function half(value) {
  return scale(value); // planted: argument-missing
}

function sorted(numbers) {
  return numbers.map((number) => { number * 2; }); // planted: callback-without-return
}

function matches(text) {
  return /[]/.test(text); // planted: empty-class-in-pattern
}

function digits(text) {
  return new RegExp("[0-9").test(text); // planted: invalid-pattern
}

function trimmed(text) {
  text.trim(); // planted: result-dropped
  return text;
}

function numbers(texts) {
  return texts.map(parseInt); // planted: index-taken-for-radix
}

function precise() {
  return 9007199254740993; // planted: number-loses-precision
}

function greet(name) {
  return "Hello ${name}"; // planted: template-in-plain-string
}

function shout(words) {
  return words.replace("a", "b").replace; // planted: method-not-called
}

function biggest(numbers) {
  return Math.max(numbers); // planted: array-not-spread
}

function clamp(value) {
  return Math.min(Math.max(100, value), 0); // planted: clamp-bounds-swapped
}

function exists(table, key) {
  return table.hasOwnProperty[key]; // planted: brackets-for-call
}

function sparse() {
  return [1, , 2]; // planted: hole-in-array
}

function grid(size) {
  return new Array(size).fill([]); // planted: one-array-for-all-rows
}

async function save(path, text) {
  await new Promise(async (resolve) => { // planted: async-executor
    fs.writeFile(path, text, resolve);
  });
}

async function remove(paths) {
  paths.forEach(async (path) => { // planted: await-lost-in-foreach
    await fs.promises.unlink(path);
  });
}

async function size(path) {
  const stat = fs.promises.stat(path); // planted: await-missing
  return stat.size;
}

function read(path, done) {
  fs.readFile(path, (error, text) => { // planted: error-ignored-in-callback
    done(text.toString());
  });
}

function later(work) {
  return new Promise((resolve) => { // planted: promise-never-settled
    return work();
  });
}

module.exports = {
  half, sorted, matches, digits, trimmed, numbers, precise, greet, shout, biggest, clamp,
  exists, sparse, grid, save, remove, size, read, later,
};
