#include <stdio.h>
#include <string.h>
#include <stdlib.h>

int off_by_one(void)
{
    int total = 0;
    int months[12] = {0};
    for (int i = 0; i <= 12; i++)
        total += months[i]; // planted: loop-past-array
    return total;
}

void index_past(void)
{
    char code[4];
    code[4] = '\0'; // planted: array-index-out-of-bounds
}

void too_long(void)
{
    char word[5];
    strcpy(word, "seven77"); // planted: strcpy-overflow
    puts(word);
}

void printed_past(int n)
{
    char field[4];
    sprintf(field, "%s", "overlong"); // planted: sprintf-overflow
    printf("%s %d\n", field, n);
}

void read_line(void)
{
    char line[80];
    gets(line); // planted: gets
    puts(line);
}

void read_word(void)
{
    char word[16];
    scanf("%s", word); // planted: scanf-without-width
    puts(word);
}

void copy_argument(int argc, char **argv)
{
    char path[64] = "";
    if (argc > 1)
        strcpy(path, argv[1]); // planted: strcpy-from-argv
    puts(path);
}

void unterminated(const char *from)
{
    char name[8];
    strncpy(name, from, sizeof(name)); // planted: strncpy-unterminated
    puts(name);
}

void clear(char *block, size_t length)
{
    memset(block, length, 0); // planted: memset-arguments-swapped
}

void clear_pointer(char *block)
{
    memset(block, 0, sizeof(block)); // planted: sizeof-pointer
}

int negative(const int *table)
{
    int list[3] = {1, 2, 3};
    int at = -1;
    return list[at] + table[0]; // planted: negative-index
}

char *duplicate(const char *from)
{
    char *to = malloc(strlen(from)); // planted: no-room-for-terminator
    if (to)
        strcpy(to, from);
    return to;
}

int checked_late(const int *values, int count, int at)
{
    if (values[at] == 7 && at < count) // planted: index-checked-after-use
        return 1;
    return 0;
}

int parameter_size(int values[10])
{
    int total = 0;
    for (unsigned i = 0; i < sizeof(values) / sizeof(values[0]); i++) // planted: sizeof-array-parameter
        total += values[i];
    return total;
}
