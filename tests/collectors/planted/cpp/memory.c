#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int leak_on_error(const char *path)
{
    char *line = malloc(256);
    if (line == NULL)
        return -2;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return -1; // planted: leak-on-error-path
    fgets(line, 256, file);
    fclose(file);
    free(line);
    return 0;
}

void use_after_free(void)
{
    char *name = malloc(16);
    if (name == NULL)
        return;
    free(name);
    name[0] = 'a'; // planted: use-after-free
}

void double_free(int n)
{
    int *table = malloc(n * sizeof(int));
    free(table);
    if (n > 10)
        free(table); // planted: double-free
}

int *lost_block(int *old, size_t n)
{
    old = realloc(old, n * sizeof(*old)); // planted: realloc-loses-block
    return old;
}

void unchecked_malloc(size_t n)
{
    char *copy = malloc(n);
    copy[0] = '\0'; // planted: unchecked-malloc
    free(copy);
}

char *local_address(int id)
{
    char text[32];
    sprintf(text, "%d", id);
    return text; // planted: return-address-of-local
}

void free_of_array(void)
{
    char buffer[64];
    buffer[0] = 0;
    free(buffer); // planted: free-of-stack
}

void file_left_open(const char *path)
{
    FILE *out = fopen(path, "w");
    if (out)
        fputs("done\n", out);
} // planted: file-handle-leak

void closed_twice(const char *path)
{
    FILE *in = fopen(path, "r");
    if (!in)
        return;
    fclose(in);
    fgetc(in); // planted: use-after-fclose
}

struct node {
    struct node *next;
    char *name;
};

void free_list(struct node *head)
{
    for (struct node *each = head; each; each = each->next) { // planted: next-after-free
        free(each);
    }
}

void overwrite(void)
{
    char *first = malloc(10);
    first = malloc(20); // planted: overwritten-pointer-leak
    free(first);
}

int wrong_size(struct node **out)
{
    struct node *made = malloc(sizeof(made)); // planted: malloc-sizeof-pointer
    if (made == NULL)
        return -1;
    *out = made;
    return 0;
}
