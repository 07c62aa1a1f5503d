#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAPACITY 12

struct node {
    struct node *next;
    char *name;
};

int read_line(const char *path, char *line, size_t size)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return -1;
    if (fgets(line, (int)size, file) == NULL) {
        fclose(file);
        return -1;
    }
    fclose(file);
    return 0;
}

char *copy(const char *from)
{
    size_t size = strlen(from) + 1;
    char *to = malloc(size);
    if (to == NULL)
        return NULL;
    memcpy(to, from, size);
    return to;
}

int grow(int **table, size_t count)
{
    int *grown = realloc(*table, count * sizeof(**table));
    if (grown == NULL)
        return -ENOMEM;
    *table = grown;
    return 0;
}

void free_list(struct node *head)
{
    while (head != NULL) {
        struct node *next = head->next;
        free(head->name);
        free(head);
        head = next;
    }
}

int total(void)
{
    int months[CAPACITY] = {0};
    int sum = 0;
    for (int i = 0; i < CAPACITY; i++)
        sum += months[i];
    return sum;
}

int sum(int n, ...)
{
    va_list all;
    int result = 0;
    va_start(all, n);
    while (n-- > 0)
        result += va_arg(all, int);
    va_end(all);
    return result;
}

int price(int kind)
{
    int found;
    switch (kind) {
    case 1:
        found = 10;
        break;
    case 2:
        found = 20;
        break;
    default:
        found = 0;
        break;
    }
    return found;
}

int count_characters(FILE *in)
{
    int sign;
    int seen = 0;
    while ((sign = getc(in)) != EOF) {
        if (sign == '\n')
            seen++;
    }
    return seen;
}

int is_admin(const char *name)
{
    return name != NULL && strcmp(name, "admin") == 0;
}

void show(const char *said, long count, int flags)
{
    if ((flags & 4) == 4)
        printf("%s: %ld\n", said, count);
}
