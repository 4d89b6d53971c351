#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_pidfd_open(pid_t pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

int clinux_pidfd_send_signal(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

/* From <linux/pidfd.h> of Linux 6.15, which older headers lack. */
struct pidfd_end {
    uint64_t mask;
    uint64_t cgroup;
    uint32_t ids[11];
    int32_t exit_code;
};
#define PIDFD_END_REQUEST _IOWR(0xFF, 11, struct pidfd_end)
#define PIDFD_END_IS_KNOWN (1u << 3)

int clinux_pidfd_exit_status(int pidfd, int *status) {
    struct pidfd_end end = {.mask = PIDFD_END_IS_KNOWN};
    if (ioctl(pidfd, PIDFD_END_REQUEST, &end) != 0 || !(end.mask & PIDFD_END_IS_KNOWN)) return -1;
    *status = end.exit_code;
    return 0;
}

static int has_name(const char *entry, const char *name) {
    size_t length = strlen(name);
    return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

/* The environment with one more variable, which hides one of the same name, and without others; to be freed, but not its
   entries. */
static char **child_environment(const char *variable, const char **withheld) {
    size_t count = 0, used = 0, name = variable ? strcspn(variable, "=") + 1 : 0;
    while (environ[count]) count++;
    char **result = calloc(count + 2, sizeof *result);
    if (!result) return NULL;
    if (variable) result[used++] = (char *)variable;
    for (size_t index = 0; index < count; index++) {
        int is_left_out = variable && strncmp(environ[index], variable, name) == 0;
        for (const char **other = withheld; *other; other++) is_left_out |= has_name(environ[index], *other);
        if (!is_left_out) result[used++] = environ[index];
    }
    return result;
}

int clinux_spawn(const char *path, char *const arguments[], const char *variable, const char **withheld, int input,
                 const char *error, pid_t *pid) {
    char **environment = child_environment(variable, withheld);
    if (!environment) return ENOMEM;
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    if (input >= 0) posix_spawn_file_actions_adddup2(&files, input, 0);
    else posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    if (error) posix_spawn_file_actions_addopen(&files, 2, error, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigaddset(&signals, SIGTERM);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int status = posix_spawn(pid, path, &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    free(environment);
    return status;
}

void clinux_become_subreaper(void) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

void clinux_line_buffer_stdout(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
}

void clinux_name_thread(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}

struct start {
    void (*body)(void *);
    void *argument;
};

static void *run(void *raw) {
    struct start start = *(struct start *)raw;
    free(raw);
    start.body(start.argument);
    return NULL;
}

int clinux_start_thread(void (*body)(void *), void *argument) {
    struct start *start = malloc(sizeof *start);
    if (!start) return ENOMEM;
    start->body = body;
    start->argument = argument;
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run, start);
    if (error) {
        free(start);
        return error;
    }
    pthread_detach(thread);
    return 0;
}

int clinux_make_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0) return -1;
    return clinux_set_close_on_exec(descriptor, 1);
}

int clinux_set_close_on_exec(int descriptor, int close_on_exec) {
    int flags = fcntl(descriptor, F_GETFD);
    if (flags < 0) return -1;
    return fcntl(descriptor, F_SETFD, close_on_exec ? flags | FD_CLOEXEC : flags & ~FD_CLOEXEC) < 0 ? -1 : 0;
}

void clinux_allow_more_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}
