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

/* Stores how the ended process did so, as wait() would tell its parent; it need not be a child. Returns 0, or -1 if the
   kernel does not tell (before Linux 6.15) or its parent has not been told yet. */
int clinux_pidfd_exit_status(int pidfd, int *status);

/* Starts a program and stores its process id. It has the caller's environment with one more variable (NAME=value, or
   NULL) and without those whose names are in `withheld`, which ends in NULL, `input` or else nothing as standard input, the caller's standard output, and the file `error` or else the
   caller's standard error. It can be ended by SIGTERM even if the caller ignores that. Returns 0 or an error number. */
int clinux_spawn(const char *path, char *const arguments[], const char *variable, const char **withheld, int input,
                 const char *error, pid_t *pid);

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

/* Lets the process open as many descriptors as it may, instead of the 1,024 that are usual. */
void clinux_allow_more_descriptors(void);

/* Marks the descriptor close-on-exec or not. Returns 0 or -1 and errno. */
int clinux_set_close_on_exec(int descriptor, int close_on_exec);

/* A descriptor from which these signals are read, one byte for each with its number, instead of their usual effect.
   Calling it again adds signals. Returns -1 and errno on failure. */
int clinux_signal_descriptor(const int *signals, int count);

/* The terminal that the process belongs to, for reading and writing without waiting, or -1 and errno. */
int clinux_open_terminal(void);

/* Lets the terminal deliver keys one by one and show nothing by itself; Ctrl-C, Ctrl-Z and Ctrl-\ still make signals.
   If the process crashes, `restoring` is written to the terminal and its settings are put back. Returns 0, or -1 and
   errno. */
int clinux_enter_raw_mode(int descriptor, const char *restoring);

/* Undoes clinux_enter_raw_mode, if it was called, by writing `restoring` and putting the settings back. */
void clinux_leave_raw_mode(void);
