<?php

function first($xs)
{
    foreach ($xs as $x) {
        return $x + 1; // planted: loop ends in its first round
    }
    return 0;
}

function wrong($xs)
{
    for ($i = 0; $i < 10; $i++) {
        for ($j = 0; $j < 10; $i++) { // planted: wrong variable counted
            echo $xs[$i][$j];
        }
    }
}

function inner($xs)
{
    for ($i = 0; $i < 10; $i++) {
        for ($i = 0; $i < 5; $i++) { // planted: variable of the outer loop reused
            echo $xs[$i];
        }
    }
}

function down($n)
{
    for ($i = $n; $i >= 0; $i++) { // planted: counts away from its end
        echo $i;
    }
}

function forever($n)
{
    while ($n > 0) { // planted: condition never changes
        echo 'x';
    }
}

function reference($xs)
{
    foreach ($xs as &$x) {
        $x = $x * 2;
    }
    foreach ($xs as $x) { // planted: reference outlives its loop
        echo $x;
    }
}

function next_one($i)
{
    $i = $i++; // planted: increment lost
    return $i;
}

function hollow($n)
{
    for ($i = 0; $i < $n; $i++); // planted: empty loop
    {
        echo $n;
    }
}

function past($xs)
{
    for ($i = 0; $i <= count($xs); $i++) { // planted: one round too many
        echo $xs[$i];
    }
}

function own($xs)
{
    foreach ($xs as $xs) { // planted: array overwritten by its element
        echo $xs;
    }
}

function through($n)
{
    switch ($n) {
        case 1:
            $r = 'one'; // planted: break forgotten
        case 2:
            $r = 'two';
            break;
        default:
            $r = 'many';
    }
    return $r;
}
