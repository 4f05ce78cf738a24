/* An engine that wants to write a file as soon as it is loaded. */
#define TINY_ID "marking_engine"
#include "support/tiny_engine.h"

#include "marks_loading.h"
