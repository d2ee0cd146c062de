// What Swift's own C module leaves out of the allocator's header. Does nothing where the allocator
// is not glibc's.
#pragma once

// Gives memory that is free back to the system.
void plumbline_release_memory(void);

// Lets the allocator keep what was freed, and has the kernel hand memory out in large pages: what is
// asked for next is then at hand. For programs that end soon, and called before they have threads; a
// server had better give back what it does not need.
void plumbline_keep_memory(void);
