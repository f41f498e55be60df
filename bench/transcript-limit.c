/* The limit that the tail is compared with: blocking inotify and pread. Prints p50 and p99 of append -> line read, in microseconds. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  int count = argc > 2 ? atoi(argv[2]) : 0, seen = 0;
  double *took = calloc(count > 0 ? count : 1, sizeof *took);
  static char bytes[1 << 16], events[4096];
  int file = open(argv[1], O_RDONLY), watch = inotify_init1(0);
  off_t at = lseek(file, 0, SEEK_END);
  inotify_add_watch(watch, argv[1], IN_MODIFY);
  puts("ready");
  fflush(stdout);
  while (seen < count && read(watch, events, sizeof events) > 0) {
    ssize_t length = pread(file, bytes, sizeof bytes - 1, at);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    bytes[length > 0 ? length : 0] = 0;
    at += length > 0 ? length : 0;
    for (char *stamp = strstr(bytes, "\"at "); stamp && seen < count; stamp = strstr(stamp + 1, "\"at "))
      took[seen++] = (now.tv_sec * 1e9 + now.tv_nsec - strtod(stamp + 4, NULL)) / 1e3;
  }
  qsort(took, seen, sizeof *took, by_size);
  if (seen > 0) printf("%.1f %.1f\n", took[seen / 2], took[seen * 99 / 100]);
  return 0;
}
