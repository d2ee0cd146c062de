// What Swift's own C module leaves out of the allocator's header.
#pragma once
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
static inline void plumbline_release_memory(void) { malloc_trim(0); }
#else
static inline void plumbline_release_memory(void) {}
#endif
