// The `zicht` command.
#include "server/commands.h"

int main(int argc, char** argv) { return zicht::server::run_command({argv + 1, argv + argc}); }
