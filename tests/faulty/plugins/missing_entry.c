/* A shared object like any other: nothing of Parlour in it. */
int answer(void);
__attribute__((visibility("default"))) int answer(void) {
    return 42;
}
