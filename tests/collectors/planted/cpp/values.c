#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>

int uninitialised(int a)
{
    int result;
    if (a > 0)
        result = a;
    return result; // planted: maybe-uninitialised
}

int never_set(void)
{
    int total;
    for (int i = 0; i < 10; i++)
        total += i; // planted: uninitialised
    return total;
}

struct point {
    int x;
    int y;
};

int half_set(void)
{
    struct point p;
    p.x = 1;
    return p.x + p.y; // planted: uninitialised-member
}

int zero(int n)
{
    int parts = 0;
    if (n > 100)
        puts("many");
    return n / parts; // planted: division-by-zero
}

int missing(int n)
{
    if (n > 0)
        return 1; // planted: missing-return
}

int null_after_use(struct point *p)
{
    int x = p->x; // planted: null-check-after-use
    if (p == NULL)
        return 0;
    return x;
}

int null_branch(struct point *p)
{
    if (p == NULL) {
        printf("no point at %d\n", p->x); // planted: null-dereference
    }
    return 0;
}

int or_for_and(const char *s)
{
    if (s != NULL || s[0] == 'x') // planted: or-for-and-null
        return 1;
    return 0;
}

uint64_t shifted(void)
{
    return 1 << 40; // planted: shift-too-far
}

int negative_shift(int v)
{
    return v << -1; // planted: negative-shift
}

void wrong_format(long count, const char *name)
{
    printf("%d of %s\n", count, name); // planted: format-type
}

void too_few(const char *name)
{
    printf("%s is %d\n", name); // planted: format-missing-argument
}

void string_for_number(int id)
{
    printf("%s\n", id); // planted: format-string-for-int
}

void open_format(const char *said)
{
    printf(said); // planted: format-from-input
}

int sum(int n, ...)
{
    va_list all;
    int total = 0;
    va_start(all, n);
    while (n--)
        total += va_arg(all, int);
    return total; // planted: missing-va-end
}

void shell(const char *name)
{
    char line[200];
    snprintf(line, sizeof(line), "rm -f %s", name);
    system(line); // planted: command-injection
}

char *temporary(void)
{
    return tmpnam(NULL); // planted: tmpnam
}

static const char *const password = "s3cr3t-Pa55"; // planted: hard-coded-password

int login(const char *given)
{
    return strcmp(given, password) == 0;
}

double half(int a)
{
    return 1 / 2 * a; // planted: integer-division
}

long long product(int a, int b)
{
    long long all = a * 1000000 * b; // planted: int-multiplied-then-widened
    return all;
}

int bits(void)
{
    signed char c = 200;
    return c == 200; // planted: value-does-not-fit
}
