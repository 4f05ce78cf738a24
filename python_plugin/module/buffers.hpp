// Arrays that cross the border without a copy: memory of our own that Python sees as memoryviews, and memory of the
// caller's (NumPy arrays, bytearrays, array.array) that is filled in place. Needs the GIL, but for data().
#pragma once

#include "errors.hpp"

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace parlour::python {

struct Grid;

enum class Element { uint8, int8, uint32, float32 };
std::size_t size_of(Element element);
// As the struct module writes it: "B", "b", "I", "f".
const char *format_of(Element element);

// An array of our own, zeroed, C-contiguous, 64-byte aligned. Python holds it through the memoryviews made of it.
class Block : public std::enable_shared_from_this<Block> {
public:
    Block(Element element, std::vector<pybind11::ssize_t> shape);
    ~Block();
    Block(const Block &) = delete;
    Block &operator=(const Block &) = delete;

    void *data() const { return data_; }
    pybind11::buffer_info info();
    // A writable memoryview of it that keeps it alive.
    pybind11::object memory_view();

private:
    Element element_;
    std::vector<pybind11::ssize_t> shape_;
    void *data_;
};
std::shared_ptr<Block> make_block(Element element, std::vector<pybind11::ssize_t> shape);

// {first..., rows, columns} of a grid, or {first..., cells} where the cells are no grid.
std::vector<pybind11::ssize_t> grid_shape(const Grid &grid, std::vector<pybind11::ssize_t> first);

// A caller's array, held until the end of this object.
class HeldBuffer {
public:
    // `object` must offer a writable C-contiguous buffer of exactly `count` elements; throws error_already_set
    // (TypeError, ValueError or BufferError) with `name` in the sentence.
    HeldBuffer(pybind11::object object, Element element, std::size_t count, const std::string &name);
    ~HeldBuffer();
    HeldBuffer(const HeldBuffer &) = delete;
    HeldBuffer &operator=(const HeldBuffer &) = delete;

    void *data() const { return view_.buf; }
    const pybind11::object &object() const { return object_; }

private:
    pybind11::object object_;
    Py_buffer view_{};
};

// Adds the class behind the memoryviews.
void add_buffers(pybind11::module_ &module);

} // namespace parlour::python
