// What the interface says about figures that stay as they were published, in Dutch.
export const nlEditions = {
  'editions.draft': 'Dit is een concept. Deze cijfers zijn nog niet gepubliceerd.',
  'editions.knownAt': 'Volgens wat bekend was',
  'editions.knownOn': 'op {date}',
  'editions.released': 'Gepubliceerd',
  'editions.notReleased': 'nog niet',
  'editions.corrects': 'Verbetering van',
  'editions.correctedOne': 'een eerdere editie',
  'editions.before': 'Vorige editie',
  'editions.beforeOn': 'De editie met peildatum {date}',
  'editions.first': 'er is geen eerdere editie',
  'editions.beforeNumber': 'Vorige editie: {number}.',
  'editions.notCompared': 'niet te vergelijken',
  'editions.noneCompared': 'Dit is niet te vergelijken met de vorige editie.',
  'editions.definitionChanged': 'De definitie is anders dan in de vorige editie. Daarom staat het '
    + 'cijfer van toen er niet naast.',
  'editions.protected': 'Beschermd voordat het is vastgelegd: kleine aantallen (onder {threshold}) '
    + 'kunnen verborgen zijn.',
  'editions.public': 'Geteld over wat iedereen mag zien.',
  'editions.none': 'Er zijn geen cijfers in deze editie.',
  'editions.file': 'cijfers-{on}',
  'editions.fileDraft': 'cijfers-{on}-concept',
  'editions.words': '{n} cijfers met peildatum {on}, {status}',
  'editions.wordsOne': '1 cijfer met peildatum {on}, {status}',
  'editions.statusReleased': 'gepubliceerd op {date}',
  'editions.statusDraft': 'een concept',
  'editions.tables': '{n} tabellen: de tellingen achter de cijfers; nodig om volgende edities te '
    + 'controleren',
  'editions.tablesOne': '1 tabel: de tellingen achter de cijfers; nodig om volgende edities te '
    + 'controleren',
};
