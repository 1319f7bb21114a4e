// All use cases of one server together, wired in the one right order.
//
//   Services services({.store = store, .credentials = ..., .make_sink = ...});
//   ZICHT_CHECKED(services.packs.reload());
#pragma once

#include <string>

#include "app/accounts.h"
#include "app/calendar_service.h"
#include "app/catalogue_service.h"
#include "app/facts_loader.h"
#include "app/journal_service.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/record_service.h"
#include "app/scheduler.h"
#include "app/sign_in.h"
#include "app/task_service.h"

namespace zicht::app {

struct ServicePorts {
  Store& store;
  CredentialStore& credentials;
  PasswordHasher& hasher;
  ChangeFeed& feed;
  const Clock& clock;
  Rng& rng;                             // thread-safe (SystemRng)
  MakeTableSink make_sink;
  std::string server_name;              // holder of leases
  SignInOptions sign_in = {};
};

// The ports outlive it. Thread-safe after construction.
struct Services {
  explicit Services(ServicePorts ports)
      : store(ports.store),
        organisations(ports.store),
        packs(ports.store, ports.feed),
        records({ports.store, packs, organisations, ports.feed, ports.clock, ports.rng,
                 ports.make_sink}),
        tasks(ports.store, packs, ports.clock),
        catalogue(packs),
        sign_in({ports.store, ports.credentials, ports.hasher, packs, organisations, ports.clock,
                 ports.rng},
                ports.sign_in),
        accounts({ports.store, ports.hasher, packs, organisations, sign_in, ports.rng}),
        scheduler(ports.store, packs, ports.feed, ports.clock, ports.server_name),
        facts({ports.store, packs, accounts, ports.clock, ports.rng}) {}

  Store& store;                         // for journal_page, journal_verification and health
  Organisations organisations;
  PacksService packs;
  RecordService records;
  TaskService tasks;
  CatalogueService catalogue;
  SignIn sign_in;
  Accounts accounts;
  Scheduler scheduler;
  FactsLoader facts;
};

}  // namespace zicht::app
