#define _GNU_SOURCE
#include "CMemory.h"
#include <stdlib.h>

#ifdef __GLIBC__
#include <limits.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// Addresses, not memory: what is never written takes no room. Grows by smaller steps behind them.
enum { RESERVED_BYTES = 1 << 30, STEP_BYTES = 16 << 20, MAPPED_BYTES = 32 << 20 };

static int keeps_memory = 0;

// Moves the end of the heap far up at once and asks for large pages below it. Where the system
// refuses either, the heap grows as it always does.
static void reserve(void) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  mallopt(M_TOP_PAD, RESERVED_BYTES);
  uintptr_t first = (uintptr_t)sbrk(0);
  // As large as the heap gives, so that hardly any free part of it suffices and the end must move.
  void *volatile probe = malloc(MAPPED_BYTES - (1 << 20));
  uintptr_t last = (uintptr_t)sbrk(0);
  free(probe);
  mallopt(M_TOP_PAD, STEP_BYTES);
  first = (first + page - 1) / page * page;
  if (last > first) madvise((void *)first, last - first, MADV_HUGEPAGE);
}

void plumbline_release_memory(void) {
  malloc_trim(0);
  if (keeps_memory) reserve();
}

void plumbline_keep_memory(void) {
  // Threads would else have heaps of their own, of small pages.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
  keeps_memory = 1;
  reserve();
}
#else
void plumbline_release_memory(void) {}
void plumbline_keep_memory(void) {}
#endif
