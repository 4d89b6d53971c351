#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static int signal_pipe[2] = {-1, -1};

static void report_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(signal_pipe[1], &byte, 1);
    (void)ignored;
    errno = saved;
}

int clinux_signal_descriptor(const int *numbers, int count) {
    if (signal_pipe[0] < 0 && pipe2(signal_pipe, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    struct sigaction action = {.sa_handler = report_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < count; i++) {
        if (sigaction(numbers[i], &action, NULL) != 0) return -1;
    }
    return signal_pipe[0];
}

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
#define CRASH_SIGNALS (sizeof crash_signals / sizeof *crash_signals)

static struct {
    volatile sig_atomic_t is_raw;
    int descriptor;
    struct termios original;
    char restoring[128];
    struct sigaction previous[CRASH_SIGNALS];
} terminal = {.descriptor = -1};

/* Sent again, the signal meets the earlier action as soon as the handler returns. */
static void restore_after_crash(int number) {
    clinux_leave_raw_mode();
    for (size_t i = 0; i < CRASH_SIGNALS; i++) {
        if (crash_signals[i] == number) sigaction(number, &terminal.previous[i], NULL);
    }
    raise(number);
}

int clinux_enter_raw_mode(int descriptor, const char *restoring) {
    if (terminal.is_raw) return 0;
    if (tcgetattr(descriptor, &terminal.original) != 0) return -1;
    struct termios raw = terminal.original;
    raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON | ISTRIP | BRKINT);
    raw.c_oflag &= ~(tcflag_t)OPOST;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(descriptor, TCSANOW, &raw) != 0) return -1;
    if (terminal.descriptor < 0) {
        struct sigaction action = {.sa_handler = restore_after_crash};
        sigemptyset(&action.sa_mask);
        for (size_t i = 0; i < CRASH_SIGNALS; i++) sigaction(crash_signals[i], &action, &terminal.previous[i]);
    }
    terminal.descriptor = descriptor;
    strncpy(terminal.restoring, restoring, sizeof terminal.restoring - 1);
    terminal.is_raw = 1;
    return 0;
}

void clinux_leave_raw_mode(void) {
    if (!terminal.is_raw) return;
    terminal.is_raw = 0;
    size_t length = strlen(terminal.restoring);
    if (write(terminal.descriptor, terminal.restoring, length) < 0 && errno == EAGAIN) {
        /* A picture that nobody takes must not be in the way. */
        tcflush(terminal.descriptor, TCOFLUSH);
        ssize_t ignored = write(terminal.descriptor, terminal.restoring, length);
        (void)ignored;
    }
    tcsetattr(terminal.descriptor, TCSANOW, &terminal.original);
}

int clinux_open_terminal(void) {
    return open("/dev/tty", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}
