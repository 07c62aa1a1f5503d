<?php

// The correct forms of what is planted beside, and what only looks like it.

class Clean
{
    public $passwordField = 'password';
    private $customer;

    public function __construct($customer)
    {
        if (!$customer) {
            return;
        }
        $this->customer = $customer;
    }

    public function isNan($x)
    {
        return $x !== $x;
    }

    public function role($role)
    {
        if (($found = $this->find($role)) !== null) {
            return $found;
        }
        if ($row = $this->find($role)) {
            return $row;
        }
        return $role != 'admin' && $role != 'owner';
    }

    public function name()
    {
        if ($this->customer === null) {
            $this->customer = new Customer();
        }
        return $this->customer->name;
    }

    public function found($text)
    {
        return strpos($text, 'x') !== false && strpos($text, 'y') === 0;
    }

    public function negated($list)
    {
        return !($list == 'a') || !in_array('a', $list);
    }

    public function day($n)
    {
        switch ($n) {
            case 1:
                return 'Monday';
                break;
            case 2:
                return 'Tuesday';
        }
    }

    public function swallow($path)
    {
        try {
            load($path);
        } catch (RuntimeException $e) {
            // somebody else loads it too
        } catch (Exception $e) {
            throw new LogicException('cannot load', 0, $e);
        }
    }

    public function texts($text, $xs)
    {
        $text = trim($text);
        sort($xs);
        return sprintf('%s of %d%%', $text, 3) . sprintf('%1$s %1$s', $text) . vsprintf('%s %s', $xs);
    }

    public static function made()
    {
        return function () {
            return $this->customer;
        };
    }

    public function recurse($n)
    {
        if ($n < 2) {
            return 1;
        }
        return $n * $this->recurse($n - 1);
    }
}

function loops($xs, $n)
{
    foreach ($xs as &$x) {
        $x = $x * 2;
    }
    unset($x);
    foreach ($xs as $x) {
        echo $x;
    }
    for ($i = count($xs) - 1; $i >= 0; $i--) {
        echo $xs[$i];
    }
    while ($n > 0) {
        $n--;
    }
}

function find($db, $name, $id)
{
    $statement = $db->prepare('SELECT id FROM users WHERE name = ?');
    $db->query('SELECT id FROM users WHERE id = ' . (int) $id);
    $db->query("SELECT id FROM users WHERE name = '" . $db->quote($name) . "'");
    return 'Select a name from the list: ' . $name;
}

function run($host)
{
    return shell_exec('ping -c 1 ' . escapeshellarg($host));
}

function page()
{
    echo 'Hello ' . htmlspecialchars($_GET['name']);
    echo (int) $_GET['page'];
    header('Location: /');
}

function safe($given, $known, $password)
{
    $token = bin2hex(random_bytes(16));
    return hash_equals($given, hash_hmac('sha256', 'x', $known)) && password_verify($password, $token);
}
