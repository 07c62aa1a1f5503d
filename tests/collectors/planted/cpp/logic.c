#include <stdio.h>
#include <string.h>
#include <stdlib.h>

int assigned(int state)
{
    if (state = 3) // planted: assignment-in-condition
        return 1;
    return 0;
}

int always(int kind)
{
    if (kind != 1 || kind != 2) // planted: always-true-or
        return 1;
    return 0;
}

int never(int age)
{
    if (age < 10 && age > 20) // planted: always-false-and
        return 1;
    return 0;
}

int same_operands(int a, int b)
{
    return a == a && b > 0; // planted: comparison-with-itself
}

int same_branches(int fast)
{
    int speed;
    if (fast) // planted: identical-branches
        speed = 10;
    else
        speed = 10;
    return speed;
}

int same_condition(int code)
{
    if (code == 1)
        return 10;
    else if (code == 2)
        return 20;
    else if (code == 1) // planted: duplicate-else-if
        return 30;
    return 0;
}

int text_compared(const char *name)
{
    return name == "admin"; // planted: string-literal-compared
}

int semicolon(int limit)
{
    if (limit > 100); // planted: semicolon-after-if
        limit = 100;
    return limit;
}

void no_effect(int ready)
{
    int done = 0;
    done == ready; // planted: comparison-as-statement
    printf("%d\n", done);
}

int precedence(int flags)
{
    if (flags & 4 == 4) // planted: bit-and-precedence
        return 1;
    return 0;
}

int not_in(int value)
{
    return !value == 5; // planted: not-before-comparison
}

int unsigned_negative(unsigned int left)
{
    if (left < 0) // planted: unsigned-below-zero
        return -1;
    return 0;
}

void count_down(void)
{
    for (unsigned int i = 10; i >= 0; i--) // planted: endless-unsigned-loop
        printf("%u\n", i);
}

int falls(int kind)
{
    int price = 0;
    switch (kind) {
    case 1:
        price = 10;
    case 2:
        price = 20; // planted: missing-break
        break;
    default:
        break;
    }
    return price;
}

int after_return(int a)
{
    return a * 2;
    a = 0; // planted: unreachable-after-return
}

int end_of_file(FILE *in)
{
    char sign;
    int seen = 0;
    while ((sign = getc(in)) != EOF) // planted: getc-in-char
        seen++;
    return seen;
}

int order(int i)
{
    i = i++ + 1; // planted: unsequenced
    return i;
}

int eq_after_not(const char *a, const char *b)
{
    if (!strcmp(a, b) == 0 && a[0] == a[0]) // planted: identical-operands
        return 1;
    return 0;
}

int forgotten_call(void)
{
    if (getchar) // planted: function-as-condition
        return 1;
    return 0;
}
