"""The safe form of each weakness, and of what is opened and held."""

import ast
import hashlib
import hmac
import json
import os
import secrets
import ssl
import subprocess
import tempfile
import threading
import urllib.parse

import requests
import yaml

LOCK = threading.Lock()
PASSWORD = os.environ["SERVICE_PASSWORD"]
PASSWORD_FIELD = "password"
TOKEN_URL = os.getenv("TOKEN_URL", "")


def calculate(expression):
    return ast.literal_eval(expression)


def ping(host):
    subprocess.run(["/bin/ping", "-c", "1", host], check=True)


def restore(blob):
    return json.loads(blob), yaml.safe_load(blob), yaml.load(blob, Loader=yaml.SafeLoader)


def stored(password, salt):
    return hashlib.scrypt(password, salt=salt, n=16384, r=8, p=1)


def checksum(content):
    return hashlib.md5(content, usedforsecurity=False).hexdigest(), hashlib.sha256(content)


def signature(key, text):
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def token():
    return secrets.token_hex(16)


def user(database, name):
    cursor = database.cursor()
    cursor.execute("SELECT * FROM users WHERE name = ?", (name,))
    return cursor


def download(url):
    context = ssl.create_default_context()
    return requests.get(url, timeout=5), context, urllib.parse.urlsplit(url)


def put(rows, key, value):
    with LOCK:
        rows[key] = value
    with tempfile.NamedTemporaryFile() as file:
        return file.name


def close_to_others(path):
    os.chmod(path, 0o600)


def select(form):
    return "Please select a value from the list: " + form
