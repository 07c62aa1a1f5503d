<?php

class Order
{
    public $id;
    public $total;
    private $customer;

    public function same($other)
    {
        return $this->id == $other->id && $this->total == $this->total; // planted: compared with itself
    }

    public function twice($other)
    {
        return $other->id > 0 || $this->id > 0 || $other->id > 0; // planted: operand twice
    }

    public function price($vip)
    {
        if ($vip) { // planted: identical branches
            return $this->total - 5;
        } else {
            return $this->total - 5;
        }
    }

    public function fee($vip)
    {
        return $vip ? $this->total : $this->total; // planted: identical results of a ternary
    }

    public function admin($role)
    {
        if ($role = 'admin') { // planted: assignment in a condition
            return true;
        }
        return false;
    }

    public function grade($n)
    {
        if ($n > 90) {
            return 'a';
        } elseif ($n > 70) {
            return 'b';
        } elseif ($n > 90) { // planted: condition twice in a chain
            return 'c';
        }
        return 'd';
    }

    public function kind($s)
    {
        if ($s !== 'invoice' || $s !== 'receipt') { // planted: always true
            return 1;
        }
        return 2;
    }

    public function both($n)
    {
        return $n == 1 && $n == 2; // planted: never true
    }

    public function name()
    {
        if ($this->customer === null) {
            return $this->customer->name; // planted: null dereferenced
        }
        return '';
    }

    public function guarded($o)
    {
        return $o === null && $o->total > 0; // planted: wrong operator before dereference
    }

    public function found($text)
    {
        if (strpos($text, 'x')) { // planted: first position missed
            return true;
        }
        return false;
    }

    public function some($xs)
    {
        return count($xs) >= 0; // planted: count always at least zero
    }

    public function rename($name)
    {
        $this->name = $this->name; // planted: assigned to itself
    }

    public function add($n)
    {
        $total = 10;
        $total =+ $n; // planted: mistyped operator
        return $total;
    }

    public function hollow($n)
    {
        if ($n > 3); // planted: semicolon after the condition
        {
            echo $n;
        }
    }

    public function negated($x, $list)
    {
        return !$x == 'a'; // planted: negation binds first
    }

    public function day($n)
    {
        switch ($n) {
            case 1:
                return 'Monday';
            case 2:
                return 'Tuesday';
            case 1: // planted: case twice
                return 'Wednesday';
        }
    }

    public function options()
    {
        return [
            'a' => 1,
            'b' => 2,
            'a' => 3, // planted: key twice
        ];
    }

    public function late($n)
    {
        if ($n < 0) {
            return 0;
            $n = -$n; // planted: unreachable
        }
        return $n;
    }

    public function range($n)
    {
        return $n < 1 && $n > 10; // planted: empty range
    }

    public function last(array $xs)
    {
        return $xs[count($xs)]; // planted: index past the end
    }

    public function blank($text)
    {
        if ($text == 'a' or $text == 'a') { // planted: both operands alike
            return 1;
        }
        return 0;
    }
}
