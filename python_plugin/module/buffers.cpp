#include "buffers.hpp"

#include "board.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

namespace py = pybind11;

namespace parlour::python {

namespace {

// Whether a format of the buffer protocol names elements like ours, in the machine's own order.
bool same_elements(const char *format, Element element) {
    std::string_view text = format != nullptr ? format : "B";
    if (!text.empty() && (text[0] == '@' || text[0] == '=' || text[0] == '<')) text.remove_prefix(1);
    switch (element) {
        case Element::uint8:
            return text == "B" || text == "?" || text == "b" || text == "c";
        case Element::int8:
            return text == "b" || text == "B";
        case Element::uint32:
            return text == "I" || text == "i" || text == "L" || text == "l";
        case Element::float32:
            return text == "f";
    }
    return false;
}

} // namespace

std::size_t size_of(Element element) {
    return element == Element::uint32 || element == Element::float32 ? 4 : 1;
}

const char *format_of(Element element) {
    switch (element) {
        case Element::int8:
            return "b";
        case Element::uint32:
            return "I";
        case Element::float32:
            return "f";
        default:
            return "B";
    }
}

Block::Block(Element element, std::vector<py::ssize_t> shape) : element_(element), shape_(std::move(shape)) {
    std::size_t bytes = size_of(element);
    for (const py::ssize_t extent : shape_) bytes *= static_cast<std::size_t>(extent);
    bytes = (bytes + 64) / 64 * 64;
    data_ = std::aligned_alloc(64, bytes);
    if (data_ == nullptr) throw std::bad_alloc();
    std::memset(data_, 0, bytes);
}

Block::~Block() {
    std::free(data_);
}

py::buffer_info Block::info() {
    std::vector<py::ssize_t> strides(shape_.size());
    auto step = static_cast<py::ssize_t>(size_of(element_));
    for (std::size_t i = shape_.size(); i-- > 0; step *= shape_[i]) strides[i] = step;
    return {data_,
            static_cast<py::ssize_t>(size_of(element_)),
            format_of(element_),
            static_cast<py::ssize_t>(shape_.size()),
            shape_,
            strides};
}

py::object Block::memory_view() {
    const py::object self = py::cast(shared_from_this());
    PyObject *view = PyMemoryView_FromObject(self.ptr());
    if (view == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(view);
}

std::shared_ptr<Block> make_block(Element element, std::vector<py::ssize_t> shape) {
    return std::make_shared<Block>(element, std::move(shape));
}

std::vector<py::ssize_t> grid_shape(const Grid &grid, std::vector<py::ssize_t> first) {
    if (grid.rows > 0) {
        first.push_back(grid.rows);
        first.push_back(grid.columns);
    } else {
        first.push_back(grid.cells);
    }
    return first;
}

HeldBuffer::HeldBuffer(py::object object, Element element, std::size_t count, const std::string &name)
    : object_(std::move(object)) {
    if (PyObject_GetBuffer(object_.ptr(), &view_, PyBUF_WRITABLE | PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) != 0) {
        throw py::error_already_set();
    }
    std::string wrong;
    if (static_cast<std::size_t>(view_.itemsize) != size_of(element) || !same_elements(view_.format, element)) {
        wrong = name + " has elements of format \"" + (view_.format != nullptr ? view_.format : "B") + "\", but \"" +
                format_of(element) + "\" is needed";
    } else if (static_cast<std::size_t>(view_.len) != count * size_of(element)) {
        wrong = name + " has " + std::to_string(static_cast<std::size_t>(view_.len) / size_of(element)) +
                " elements, but " + std::to_string(count) + " are needed";
    }
    if (!wrong.empty()) {
        PyBuffer_Release(&view_);
        set_error(errors.argument, wrong);
        throw py::error_already_set();
    }
}

HeldBuffer::~HeldBuffer() {
    PyBuffer_Release(&view_);
}

void add_buffers(py::module_ &module) {
    py::class_<Block, std::shared_ptr<Block>>(module, "_Block", py::buffer_protocol()).def_buffer([](Block &block) {
        return block.info();
    });
}

} // namespace parlour::python
