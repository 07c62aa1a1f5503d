"""Weaknesses that somebody outside can use."""

import hashlib
import marshal
import os
import pickle
import random
import sqlite3
import ssl
import subprocess
import tarfile
import urllib.request
import xml.etree.ElementTree as ET

import flask
import jinja2
import paramiko
import requests
import yaml
from Crypto.Cipher import DES

PASSWORD = "hunter2hunter2"  # planted: password-in-code
app = flask.Flask(__name__)


def calculate(expression):
    return eval(expression)  # planted: eval-of-input


def run(source):
    exec(source)  # planted: exec-of-input


def ping(host):
    subprocess.call("ping -c 1 " + host, shell=True)  # planted: shell-with-input
    os.system("ping -c 1 %s" % host)  # planted: system-with-input
    os.popen(f"nslookup {host}")  # planted: popen-with-input


def restore(blob):
    marshal.loads(blob)  # planted: marshal-of-input
    return pickle.loads(blob)  # planted: pickle-of-input


def settings(text):
    return yaml.load(text)  # planted: yaml-load


def stored(password):
    return hashlib.md5(password.encode()).hexdigest()  # planted: md5-of-password


def signature(text):
    return hashlib.sha1(text).hexdigest()  # planted: sha1-as-signature


def token():
    return "".join(random.choice("abcdef0123456789") for _ in range(32))  # planted: guessable-token


def user(database, name):
    cursor = database.cursor()
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % name)  # planted: sql-by-percent
    cursor.execute(f"DELETE FROM users WHERE name = '{name}'")  # planted: sql-by-f-string
    cursor.execute("SELECT id FROM users WHERE name = '" + name + "'")  # planted: sql-by-plus
    return sqlite3.connect("users.db")


def download(url):
    requests.get(url, verify=False, timeout=5)  # planted: certificate-not-checked
    context = ssl._create_unverified_context()  # planted: context-not-verified
    return urllib.request.urlopen(url, context=context)  # planted: any-scheme-opened


def unpack(path, target):
    with tarfile.open(path) as archive:
        archive.extractall(target)  # planted: archive-escapes-its-folder


def document(path):
    return ET.parse(path)  # planted: xml-of-outsiders


def encrypt(key, text):
    return DES.new(key, DES.MODE_ECB).encrypt(text)  # planted: broken-cipher


def connect(host):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # planted: host-key-not-checked
    client.connect(host, username="root", password="letmein")  # planted: password-as-argument
    return client


def page(name):
    environment = jinja2.Environment()  # planted: template-without-escape
    return environment.from_string("<p>{{ name }}</p>").render(name=name)


def open_to_all(path):
    os.chmod(path, 0o777)  # planted: writable-by-all


def admin(request):
    assert request.user.is_admin  # planted: assert-as-access-check
    return request.user


def attachment(folder, name):
    return open(os.path.join(folder, name), "rb").read()  # planted: path-from-input


def scratch():
    return open("/tmp/report.txt", "w", encoding="utf-8")  # planted: fixed-temporary-file


if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)  # planted: debugger-for-all
