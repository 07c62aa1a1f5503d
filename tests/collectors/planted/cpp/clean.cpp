#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

class Base {
public:
    virtual ~Base() = default;
    virtual int run() const = 0;
};

class Derived : public Base {
public:
    explicit Derived(int size) : data(static_cast<std::size_t>(size)) {}
    int run() const override { return static_cast<int>(data.size()); }
private:
    std::vector<int> data;
};

class Buffer {
public:
    explicit Buffer(std::size_t size) : data(new char[size]()), size(size) {}
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;
    ~Buffer() { delete[] data; }
    std::size_t length() const { return size; }
private:
    char *data;
    std::size_t size;
};

std::unique_ptr<Base> made(int size)
{
    return std::make_unique<Derived>(size);
}

void drop_zeros(std::vector<int> &values)
{
    values.erase(std::remove(values.begin(), values.end(), 0), values.end());
}

void drop_odd(std::vector<int> &values)
{
    for (auto it = values.begin(); it != values.end();) {
        if (*it % 2 != 0)
            it = values.erase(it);
        else
            ++it;
    }
}

int age(const std::map<std::string, int> &ages, const std::string &name)
{
    const auto found = ages.find(name);
    if (found == ages.end())
        throw std::out_of_range(name);
    return found->second;
}

std::string joined(std::string first, const std::string &second)
{
    std::string all = std::move(first);
    all += second;
    return all;
}

class Counter {
public:
    int next()
    {
        std::lock_guard<std::mutex> guard(door);
        return ++value;
    }
private:
    std::mutex door;
    int value = 0;
};

int run(void (*job)())
{
    try {
        job();
    } catch (const std::runtime_error &error) {
        return error.what()[0];
    } catch (const std::exception &) {
        throw;
    }
    return 0;
}
