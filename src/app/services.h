// All use cases of one server together, wired in the one right order.
//
//   Services services({.store = store, .credentials = ..., .make_sink = ...});
//   ZICHT_CHECKED(services.packs.reload());
#pragma once

#include <string>

#include "app/accounts.h"
#include "app/break_service.h"
#include "app/calendar_service.h"
#include "app/catalogue_service.h"
#include "app/facts_loader.h"
#include "app/files.h"
#include "app/handover_service.h"
#include "app/import_service.h"
#include "app/indicators_service.h"
#include "app/journal_service.h"
#include "app/letters_service.h"
#include "app/mail_wishes.h"
#include "app/models_service.h"
#include "app/name_service.h"
#include "app/norms_service.h"
#include "app/open_data_service.h"
#include "app/organisations.h"
#include "app/outbox.h"
#include "app/outbox_sender.h"
#include "app/packs_service.h"
#include "app/processing_service.h"
#include "app/read_recorder.h"
#include "app/readers_service.h"
#include "app/record_service.h"
#include "app/retention_service.h"
#include "app/rounds_service.h"
#include "app/rules_service.h"
#include "app/scheduler.h"
#include "app/sign_in.h"
#include "app/task_service.h"
#include "app/webhooks.h"

namespace zicht::app {

struct ServicePorts {
  Store& store;
  CredentialStore& credentials;
  FileStore& files;
  FileInspector& inspector;
  PasswordHasher& hasher;
  ChangeFeed& feed;
  const Clock& clock;
  Rng& rng;  // thread-safe (SystemRng)
  MakeTableSink make_sink;
  std::string server_name;  // holder of leases
  ReadLog& read_log;
  OutboxStore& outbox_store;
  MessageSender& sender;
  RetentionStore& retention_store;
  SignInOptions sign_in = {};
  FileLimits file_limits = {};
  OutboxOptions outbox = {};
  std::size_t heavy_places = 2;  // heavy_places.h
  WhereLimits where = {};
  WriteRdf write_rdf = {};  // empty: there is no catalogue of open data
  OpenDataOptions open_data_options = {};
  ReadImportTable read_table = {};  // empty: nothing can be imported
  LetterDocuments letter_documents = {};  // empty: no documents are made of letters
};

// The ports outlive it. Thread-safe after construction.
struct Services {
  explicit Services(ServicePorts ports)
      : store(ports.store),
        places(ports.heavy_places),
        organisations(ports.store),
        packs(ports.store, ports.feed),
        reads({ports.read_log, ports.store, ports.clock, ports.rng}),
        records({ports.store, packs, organisations, ports.feed, ports.clock, ports.rng,
                 ports.make_sink, reads, ports.files, places, ports.where}),
        rounds({ports.store, packs, organisations, ports.feed, ports.clock, ports.rng,
                ports.make_sink, reads, ports.files, places, ports.where}),
        letters({{ports.store, packs, organisations, ports.feed, ports.clock, ports.rng,
                  ports.make_sink, reads, ports.files, places, ports.where},
                 ports.letter_documents}),
        files({ports.store, ports.files, ports.inspector, packs, ports.clock, ports.rng, reads},
              ports.file_limits),
        imports({{ports.store, packs, organisations, ports.feed, ports.clock, ports.rng,
                  ports.make_sink, reads, ports.files, places, ports.where},
                 ports.read_table}),
        tasks(ports.store, packs, ports.clock, reads),
        readers({ports.read_log, reads, ports.store, packs, organisations, ports.make_sink}),
        breaks({ports.store, packs, organisations, ports.feed, ports.clock, ports.rng, reads}),
        handovers({ports.store, packs, organisations, ports.feed, ports.clock, ports.rng, reads}),
        retention({ports.store, ports.retention_store, packs, organisations, ports.clock, reads,
                   [this] { sign_in.forget_all_accounts(); }}),
        processing(packs, ports.make_sink),
        names(ports.store, packs, organisations),
        catalogue(packs, ports.file_limits),
        rules(packs, ports.clock),
        models(packs, ports.clock, places),
        norms(packs),
        indicators({ports.store, packs, ports.clock, places}),
        open_data({ports.store, packs, records, indicators, ports.clock, ports.make_sink,
                   ports.write_rdf},
                  ports.open_data_options),
        sign_in({ports.store, ports.credentials, ports.hasher, packs, organisations, ports.clock,
                 ports.rng},
                ports.sign_in),
        accounts({ports.store, ports.hasher, packs, organisations, sign_in, ports.rng}),
        scheduler(ports.store, packs, ports.feed, ports.clock, ports.server_name),
        facts({ports.store, packs, accounts, ports.clock, ports.rng}),
        webhooks({ports.store, ports.outbox_store, ports.sender, packs, ports.clock, ports.rng},
                 ports.outbox),
        outbox(ports.outbox_store, ports.clock),
        mail_wishes(ports.outbox_store, ports.outbox.can_mail),
        webhook_sender({ports.store, ports.outbox_store, ports.sender, packs, ports.clock,
                        ports.rng, ports.server_name},
                       ports.outbox, Lane::kWebhooks),
        mail_sender({ports.store, ports.outbox_store, ports.sender, packs, ports.clock, ports.rng,
                     ports.server_name},
                    ports.outbox, Lane::kMail) {}

  Store& store;  // for journal_page, journal_verification and health
  HeavyPlaces places;
  Organisations organisations;
  PacksService packs;
  ReadRecorder reads;
  RecordService records;
  RoundsService rounds;
  LettersService letters;
  FileService files;
  ImportService imports;
  TaskService tasks;
  ReadersService readers;
  BreakService breaks;
  HandoverService handovers;
  RetentionService retention;
  ProcessingService processing;
  NameService names;
  CatalogueService catalogue;
  RulesService rules;
  ModelsService models;
  NormsService norms;
  IndicatorsService indicators;
  OpenDataService open_data;
  SignIn sign_in;
  Accounts accounts;
  Scheduler scheduler;
  FactsLoader facts;
  Webhooks webhooks;
  Outbox outbox;
  MailWishes mail_wishes;
  OutboxSender webhook_sender, mail_sender;
};

}  // namespace zicht::app
