// The system calls that a stranger's code is left with, enforced by seccomp. The list is for native engines, for
// CPython with NumPy, threads and asyncio, and for a socket that was given beforehand.
#pragma once

#include <string>

namespace parlour::host {

// From now on this thread and all that it starts have only the calls of the list: reading files, memory, threads,
// time, and talking over descriptors that are open already. No process, program, socket or memory file is made,
// nothing is opened for writing, no other process is signalled: those fail with EPERM. Calls newer than the list fail
// with ENOSYS; those that only an attack makes (ptrace, bpf, mount, io_uring...) kill the process with SIGSYS. Needs
// no_new_privs. Returns "", or what failed. [main]
std::string restrict_calls();

} // namespace parlour::host
