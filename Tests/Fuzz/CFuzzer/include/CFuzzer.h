#pragma once
#include <stddef.h>
#include <stdint.h>

/* The loop of libFuzzer, which is in libclang_rt.fuzzer_no_main. Calls body with one input after the other. */
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*body)(const uint8_t *bytes, size_t size));
