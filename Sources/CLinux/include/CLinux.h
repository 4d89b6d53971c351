#pragma once
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/types.h>

/* Calls that Swift's Glibc module leaves out: it is built without _GNU_SOURCE, and it cannot import variadic ones. */

/* A descriptor that becomes readable when the process ends, or -1 and errno. */
int clinux_pidfd_open(pid_t pid);

/* Sends a signal to exactly the process that the descriptor stands for. Returns 0, or -1 and errno. */
int clinux_pidfd_send_signal(int pidfd, int signal);

/* Makes the process the parent of processes whose own parent, a descendant of it, has ended. */
void clinux_become_subreaper(void);

/* Makes standard output line-buffered, so that a reader at the other end of a pipe sees each line at once. */
void clinux_line_buffer_stdout(void);

/* Names the calling thread as ps and gdb show it (at most 15 characters). */
void clinux_name_thread(const char *name);

/* Starts a thread that calls body(argument). Returns 0 or an error number. */
int clinux_start_thread(void (*body)(void *), void *argument);

/* Marks the descriptor non-blocking and close-on-exec. Returns 0 or -1 and errno. */
int clinux_make_nonblocking(int descriptor);

/* Marks the descriptor close-on-exec or not. Returns 0 or -1 and errno. */
int clinux_set_close_on_exec(int descriptor, int close_on_exec);
