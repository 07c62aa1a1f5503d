<?php

class Failures
{
    private $name;

    public function swallow($path)
    {
        try {
            load($path);
        } catch (Exception $e) { // planted: empty handler
        }
    }

    public function order($path)
    {
        try {
            load($path);
        } catch (Exception $e) {
            report($e);
        } catch (RuntimeException $e) { // planted: handler never reached
            retry($path);
        }
    }

    public function finally($path)
    {
        try {
            return load($path);
        } finally {
            return null; // planted: return in finally
        }
    }

    public function unthrown($path)
    {
        if (!$path) {
            new InvalidArgumentException('no path'); // planted: exception not thrown
        }
    }

    public function forget($text, $xs)
    {
        trim($text); // planted: result dropped
        str_replace('a', 'b', $text); // planted: replaced text dropped
        array_merge($xs, [1]); // planted: merged array dropped
        return $text;
    }

    public function sorted($xs)
    {
        $xs = sort($xs); // planted: result of sort assigned
        return $xs;
    }

    public function format($a)
    {
        return sprintf('%s of %d', $a); // planted: format argument missing
    }

    public function extra($a, $b)
    {
        return sprintf('%s', $a, $b); // planted: format argument unused
    }

    public function undefined($a)
    {
        return $a + $missing; // planted: undefined variable
    }

    public static function detached()
    {
        return $this->name; // planted: $this in a static method
    }

    public function recurse($n)
    {
        return $n * $this->recurse($n - 1); // planted: recursion without end
    }

    public function __construct()
    {
        return true; // planted: constructor returns a value
    }

    public function __toString()
    {
        echo $this->name; // planted: __toString without a value
    }

    public function quiet($path)
    {
        return @file_get_contents($path); // planted: error silenced
    }

    public function unchecked($path)
    {
        $file = fopen($path, 'r');
        return fgets($file); // planted: failure unchecked
    }

    public function dump($x)
    {
        var_dump($x); // planted: left from debugging
        return $x;
    }

    public function loose($input)
    {
        return md5($input) == '0e462097431906509019562988736854'; // planted: hash compared loosely
    }

    public function member($id)
    {
        return in_array($id, ['1', '2', 'x']) === 1; // planted: boolean compared with a number
    }
}
