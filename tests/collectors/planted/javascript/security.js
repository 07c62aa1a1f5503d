"use strict";

const { exec } = require("child_process");
const crypto = require("crypto");
const https = require("https");

const password = "hunter2-Prod!"; // planted: hard-coded-password

function calculate(request) {
  return eval(request.query.formula); // planted: eval-of-input
}

function later(text) {
  setTimeout("render('" + text + "')", 100); // planted: code-in-a-string
}

function list(request, done) {
  exec("ls " + request.query.folder, done); // planted: command-from-input
}

function find(database, name) {
  return database.query("select * from users where name = '" + name + "'"); // planted: sql-from-input
}

function show(element, comment) {
  element.innerHTML = "<b>" + comment + "</b>"; // planted: markup-from-input
}

function token() {
  return Math.random().toString(36).slice(2); // planted: guessable-token
}

function digest(secret) {
  return crypto.createHash("md5").update(secret).digest("hex"); // planted: weak-hash
}

function fetchAll(host, done) {
  return https.get({ host, rejectUnauthorized: false }, done); // planted: certificate-not-checked
}

function go(address) {
  location.href = "javascript:" + address; // planted: script-address
}

function merge(target, source) {
  for (const key in source) {
    target[key] = source[key];
  }
  target.__proto__ = source.__proto__; // planted: prototype-replaced
  return target;
}

module.exports = {
  password, calculate, later, list, find, show, token, digest, fetchAll, go, merge,
};
