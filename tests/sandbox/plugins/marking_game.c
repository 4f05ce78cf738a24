/* A game that wants to write a file as soon as it is loaded. */
#define TINY_ID "marking_game"
#include "support/tiny_game.h"

#include "marks_loading.h"
