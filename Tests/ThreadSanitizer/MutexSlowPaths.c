// Tells ThreadSanitizer of the locks that it cannot see.
//
// Swift's Mutex is compiled into the program where nobody else holds it or wants it; ThreadSanitizer understands that part.
// The rest is in libswiftSynchronization, which is not instrumented: a thread that had to wait for the lock seems to have
// taken none, and everything that the lock protects seems to race. Loaded before that library, these functions stand in
// front of it and say when the lock is taken and given back.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

// In the program, if it is instrumented.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

static void acquired(void *mutex) {
    if (__tsan_acquire) __tsan_acquire(mutex);
}

static void *original(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (!function) {
        fprintf(stderr, "This version of Swift has no %s; see Tests/ThreadSanitizer/MutexSlowPaths.c\n", name);
        abort();
    }
    return function;
}

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lockSlow(uint32_t thread, SELF void *mutex) __asm__(LOCK);
SWIFT void lockSlow(uint32_t thread, SELF void *mutex) {
    SWIFT void (*lock)(uint32_t, SELF void *) = original(LOCK);
    lock(thread, mutex);
    acquired(mutex);
}

SWIFT bool tryLockSlow(SELF void *mutex) __asm__(TRY_LOCK);
SWIFT bool tryLockSlow(SELF void *mutex) {
    SWIFT bool (*tryLock)(SELF void *) = original(TRY_LOCK);
    bool isLocked = tryLock(mutex);
    if (isLocked) acquired(mutex);
    return isLocked;
}

SWIFT void unlockSlow(SELF void *mutex) __asm__(UNLOCK);
SWIFT void unlockSlow(SELF void *mutex) {
    SWIFT void (*unlock)(SELF void *) = original(UNLOCK);
    if (__tsan_release) __tsan_release(mutex);
    unlock(mutex);
}
