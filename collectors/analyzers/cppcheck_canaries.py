"""What cppcheck must say of two texts of ours, in C and in C++, whatever else it reads."""

from __future__ import annotations

from collectors.analyzers.findings import Message
from collectors.analyzers.program import Canary

C_CANARY = """\
#include <stdlib.h>
int taken(int n)
{
    char *text = malloc(4);
    text[4] = 'x';
    if (n == n)
        return 1;
    free(text);
    return 0;
}
"""
CPP_CANARY = """\
#include <vector>
int first(int n)
{
    int *one = new int[2];
    delete one;
    std::vector<int> none;
    none.empty();
    return n / 0;
}
"""


C_FINDINGS = frozenset({
    Message(5, 9, "arrayIndexOutOfBounds",
            "Array 'text[4]' accessed at index 4, which is out of bounds."),
    Message(5, 5, "nullPointerOutOfMemory", "If memory allocation fails, then there is a possible "
            "null pointer dereference: text"),
    Message(6, 11, "duplicateExpression", "Same expression on both sides of '=='."),
    Message(7, 9, "memleak", "Memory leak: text"),
})  # fmt: skip
CPP_FINDINGS = frozenset({
    Message(4, 10, "unusedAllocatedMemory",
            "Variable 'one' is allocated memory that is never used."),
    Message(5, 12, "mismatchAllocDealloc", "Mismatching allocation and deallocation: one"),
    Message(5, 12, "uninitdata", "Memory is allocated but not initialized: one"),
    Message(7, 5, "uselessCallsEmpty",
            "Ineffective call of function 'empty()'. Did you intend to call 'clear()' instead?"),
    Message(7, 10, "ignoredReturnValue", "Return value of function none.empty() is not used."),
    Message(8, 14, "zerodiv", "Division by zero."),
})  # fmt: skip
CANARIES = (Canary(".c", C_CANARY, C_FINDINGS), Canary(".cpp", CPP_CANARY, CPP_FINDINGS))
