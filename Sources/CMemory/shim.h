// What Swift's own C module leaves out of the allocator's header.
#pragma once
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
static inline void plumbline_release_memory(void) { malloc_trim(0); }

// Lets the allocator keep what was freed, up to 64 MiB at a time: what is asked for next is then at
// hand. For programs that end soon; a server had better give back what it does not need.
static inline void plumbline_keep_memory(void) {
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
}
#else
static inline void plumbline_release_memory(void) {}
static inline void plumbline_keep_memory(void) {}
#endif
