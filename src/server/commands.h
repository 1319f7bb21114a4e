// The commands of `zicht`, one function each: words after the command in, exit code out.
//
// Every command says what it did on standard output and what is wrong on standard error, in the
// language of the terminal (terminal.h). Exit codes: kGood, kBad, kUsage.
#pragma once

#include <string>
#include <vector>

namespace zicht::server {

using Words = std::vector<std::string>;

// The whole command line without the program's name.
[[nodiscard]] int run_command(const Words& words);

[[nodiscard]] int run_init(const Words& words);
[[nodiscard]] int run_config(const Words& words);
[[nodiscard]] int run_pack(const Words& words);
[[nodiscard]] int run_feel(const Words& words);
[[nodiscard]] int run_dmn(const Words& words);
[[nodiscard]] int run_detect(const Words& words);
[[nodiscard]] int run_protect(const Words& words);
[[nodiscard]] int run_audit_release(const Words& words);
[[nodiscard]] int run_editions(const Words& words);
[[nodiscard]] int run_letter(const Words& words);
[[nodiscard]] int run_import(const Words& words);
[[nodiscard]] int run_facts(const Words& words);
[[nodiscard]] int run_scheduler(const Words& words);
[[nodiscard]] int run_journal(const Words& words);
[[nodiscard]] int run_rebuild(const Words& words);
[[nodiscard]] int run_account(const Words& words);
[[nodiscard]] int run_erase(const Words& words);
[[nodiscard]] int run_retention(const Words& words);
[[nodiscard]] int run_keys(const Words& words);
[[nodiscard]] int run_backup(const Words& words);
[[nodiscard]] int run_register(const Words& words);
[[nodiscard]] int run_restore(const Words& words);
[[nodiscard]] int run_outbox(const Words& words);
[[nodiscard]] int run_demo(const Words& words);
[[nodiscard]] int run_status(const Words& words);
[[nodiscard]] int run_serve(const Words& words);

}  // namespace zicht::server
