<?php

$password = 'Sup3r-s3cret!'; // planted: password in the code
define('DB_PASSWORD', 'Pa55word-xyz'); // planted: password in a constant

function find($db, $name)
{
    return mysqli_query($db, "SELECT id FROM users WHERE name = '$name'"); // planted: SQL interpolated
}

function remove($db, $id)
{
    return $db->query('DELETE FROM users WHERE id = ' . $id); // planted: SQL concatenated
}

function late(PDO $db)
{
    $sql = "SELECT * FROM users WHERE id = " . $_GET['id']; // planted: SQL with the request's value
    return $db->query($sql);
}

function run($host)
{
    system('ping -c 1 ' . $host); // planted: command concatenated
    return `ping -c 1 $host`; // planted: command in backticks
}

function launch()
{
    exec($_POST['cmd']); // planted: command from the request
    eval($_POST['code']); // planted: code from the request
    include $_GET['page']; // planted: file included from the request
}

function evaluate($code)
{
    return eval('return ' . $code . ';'); // planted: eval of a variable
}

function page()
{
    echo 'Hello ' . $_GET['name']; // planted: request written to the page
    print $_REQUEST['text']; // planted: request printed
    header('Location: ' . $_GET['next']); // planted: open redirect
}

function hashed($password)
{
    return md5($password); // planted: MD5 of a password
}

function digest($password)
{
    return sha1($password . 'salt'); // planted: SHA-1 of a password
}

function encrypt($data, $key)
{
    return openssl_encrypt($data, 'aes-128-ecb', $key); // planted: ECB
}

function des($data, $key)
{
    return mcrypt_encrypt(MCRYPT_DES, $key, $data, MCRYPT_MODE_CBC); // planted: DES
}

function fetch($url)
{
    $curl = curl_init($url);
    curl_setopt($curl, CURLOPT_SSL_VERIFYPEER, false); // planted: certificate not checked
    curl_setopt($curl, CURLOPT_SSL_VERIFYHOST, 0); // planted: host name not checked
    return curl_exec($curl);
}

function token()
{
    $token = md5(rand()); // planted: predictable token
    return $token;
}

function session()
{
    $sessionId = uniqid(); // planted: predictable session id
    setcookie('session', $sessionId, 0, '/', '', false, false); // planted: cookie without Secure
    return $sessionId;
}

function load()
{
    return unserialize($_COOKIE['data']); // planted: unsafe deserialisation
}

function all()
{
    extract($_POST); // planted: variables from the request
    parse_str($_SERVER['QUERY_STRING']); // planted: query string into variables
}

function replace($text)
{
    return preg_replace('/x/e', 'strtoupper("$1")', $text); // planted: evaluated replacement
}

function read()
{
    return file_get_contents('/srv/' . $_GET['file']); // planted: path from the request
}

function upload()
{
    move_uploaded_file($_FILES['f']['tmp_name'], '/srv/' . $_FILES['f']['name']); // planted: upload under its own name
}

function mode($path)
{
    chmod($path, 0777); // planted: writable by all
}

function xml($text)
{
    libxml_disable_entity_loader(false); // planted: external entities
    return simplexml_load_string($text, 'SimpleXMLElement', LIBXML_NOENT); // planted: entities substituted
}

function info()
{
    phpinfo(); // planted: configuration shown
    assert("strlen('$x') > 1"); // planted: assertion evaluated
    $f = create_function('$a', 'return $a;'); // planted: function from text
    call_user_func($_GET['f']); // planted: function chosen by the request
}

function same($given, $known)
{
    return $given == hash_hmac('sha256', 'x', $known); // planted: secret compared loosely
}

function ldap($link, $user)
{
    return ldap_search($link, 'dc=x', '(uid=' . $user . ')'); // planted: LDAP filter concatenated
}
