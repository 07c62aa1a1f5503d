#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

void mismatched(int n)
{
    int *values = new int[n];
    values[0] = 1;
    delete values; // planted: new-array-delete
}

void freed()
{
    std::string *name = new std::string("a");
    free(name); // planted: new-free
}

void lost(bool fail)
{
    int *one = new int(1);
    if (fail)
        return; // planted: new-leak-on-return
    delete one;
}

void dangling()
{
    int *one = new int(1);
    delete one;
    *one = 2; // planted: use-after-delete
}

class Base {
public:
    ~Base() {} // planted: no-virtual-destructor
    virtual void run() {}
};

class Derived : public Base {
public:
    Derived() : data(new int[10]) {} // planted: owner-without-copy-constructor
    ~Derived() { delete[] data; }
private:
    int *data;
};

void destroy()
{
    Base *base = new Derived();
    delete base;
}

class Counter {
public:
    Counter() { step = 1; } // planted: member-not-initialised
    int next() { return value += step; }
private:
    int value;
    int step;
};

class Buffer {
public:
    Buffer &operator=(const Buffer &other) // planted: self-assignment
    {
        delete[] data;
        data = new char[other.size];
        size = other.size;
        return *this;
    }
    Buffer(const Buffer &) = delete;
    ~Buffer() { delete[] data; }
private:
    char *data = nullptr;
    int size = 0;
};

class Account {
public:
    Account(int balance) { balance = balance; } // planted: self-assigned-parameter
    int balance = 0;
};

class Guard {
public:
    ~Guard()
    {
        if (open)
            throw std::runtime_error("still open"); // planted: throw-in-destructor
    }
    bool open = false;
};

int &reference_to_local()
{
    int value = 3;
    return value; // planted: reference-to-local
}

const char *text_of_temporary()
{
    std::string text = "abc";
    return text.c_str(); // planted: c_str-of-local
}

void erased(std::vector<int> &values)
{
    for (auto it = values.begin(); it != values.end(); ++it) { // planted: erase-invalidates-iterator
        if (*it == 0)
            values.erase(it);
    }
}

void grown(std::vector<int> &values)
{
    int &first = values[0];
    values.push_back(1);
    first = 2; // planted: push_back-invalidates-reference
}

int beyond()
{
    std::vector<int> values(3);
    return values[3]; // planted: vector-out-of-bounds
}

int past_end(const std::vector<int> &values)
{
    int total = 0;
    for (size_t i = 0; i <= values.size(); ++i)
        total += values[i]; // planted: loop-past-vector
    return total;
}

bool contains(const std::string &text)
{
    return text.find("x"); // planted: find-as-bool
}

void emptied(std::vector<int> &values)
{
    values.empty(); // planted: empty-for-clear
}

void removed(std::vector<int> &values)
{
    std::remove(values.begin(), values.end(), 0); // planted: remove-without-erase
}

std::string moved()
{
    std::string a = "text";
    std::string b = std::move(a);
    return a + b; // planted: use-after-move
}

std::mutex door;

void unlocked(int &shared)
{
    std::lock_guard<std::mutex>(door); // planted: unnamed-lock
    ++shared;
}

int locked(bool early)
{
    door.lock();
    if (early)
        return 1; // planted: lock-without-unlock
    door.unlock();
    return 0;
}

void swallow(void (*job)())
{
    try {
        job();
    } catch (...) { // planted: swallowed-exception
    }
}

void caught_by_value(void (*job)())
{
    try {
        job();
    } catch (std::exception e) { // planted: catch-by-value
        throw;
    }
}

void unreachable_handler(void (*job)())
{
    try {
        job();
    } catch (const std::exception &e) {
        throw;
    } catch (const std::runtime_error &e) { // planted: handler-hidden
    }
}

void end_dereferenced(const std::map<int, int> &ages)
{
    auto found = ages.find(7);
    if (found == ages.end())
        throw found->second; // planted: end-iterator-dereferenced
}

void unused_exception(int n)
{
    if (n < 0)
        std::runtime_error("negative"); // planted: exception-not-thrown
}

void mixed(std::vector<int> &a, std::vector<int> &b)
{
    std::sort(a.begin(), b.end()); // planted: mixed-iterators
}

class Shape {
public:
    Shape() { draw(); }
    virtual ~Shape() {}
    virtual void draw() = 0; // planted: pure-virtual-call-in-constructor
};

void zeroed(std::string &name)
{
    memset(&name, 0, sizeof(std::string)); // planted: memset-of-object
}

int *owner()
{
    std::unique_ptr<int> value(new int(3));
    return value.get(); // planted: get-of-local-owner
}

void null_string()
{
    std::string name = nullptr; // planted: string-from-null
}

int popped(std::vector<int> stack)
{
    std::vector<int> none;
    return none.front() + stack[0]; // planted: front-of-empty
}
