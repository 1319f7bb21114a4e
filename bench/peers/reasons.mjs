// Why Zicht and feelin answer otherwise: each difference has one of these reasons, the first that
// fits. `basis` says where DMN 1.5 tells; where cases of the compatibility kit fall under a reason,
// the kit expects Zicht's answer in each of them (feelin.mjs counts them), and `own` marks the few
// reasons that are a choice of Zicht's, not the standard's.
//
// `fits` gets the question's text, Zicht's answer and feelin's, and looks for the construct in the
// text and at what became of it in the answers.

const isNull = ({ value }) => value === null;
const warns = ({ warnings = [] }, type) => warnings.includes(type);
const throws = ({ refused = '' }, words) => refused.includes(words);
const calls = (...names) => {
  const pattern = new RegExp(`\\b(${names.join('|')}) ?\\(`);
  return ({ text }) => pattern.test(text);
};
const holds = (pattern) => ({ text }) => pattern.test(text);
const isNotANumber = ({ value }) => ['NaN', 'Infinity', '-Infinity'].includes(value);

const kRangeFunctions = ['before', 'after', 'meets', 'met by', 'overlaps', 'overlaps before',
  'overlaps after', 'finishes', 'finished by', 'includes', 'during', 'starts', 'started by',
  'coincides'];

export const kReasons = [
  {
    id: 'no end',
    says: 'no step, text or pattern takes Zicht more than its limits; feelin has none',
    own: true,
    fits: (_, ours, theirs) => throws(theirs, 'no answer in time'),
  },
  {
    id: 'unknown test',
    says: 'a test that cannot be determined is null, also within not(); feelin says true or false',
    basis: '10.3.2, equality and order: with null or another kind it is null',
    fits: ({ kind }, ours, theirs) => kind === 'unary_tests' && isNull(ours)
      && typeof theirs.value === 'boolean',
  },
  {
    id: 'loop over dates',
    says: 'a loop runs over a range of dates, and is null where an end is; feelin throws',
    basis: '10.3.2, iteration',
    fits: (_, ours, theirs) => throws(theirs, 'unsupported range operation'),
  },
  {
    id: 'ends that have no order',
    says: 'a range or comparison of values without an order is null; feelin throws',
    basis: '10.3.2.7; 10.3.2, equality and order',
    fits: (_, ours, theirs) => throws(theirs, 'unsupported range'),
  },
  {
    id: 'years',
    says: 'years reach from -999,999,999 to 999,999,999; feelin has those from 0 to 9999',
    basis: '10.3.2.3, dates',
    fits: ({ text }, ours, theirs) => throws(theirs, 'negative date')
      || (/\d{5,}-\d\d-\d\dT?|99999999|date\(-?\d{4,},/.test(text) && /["(]-?\d{4,}/.test(text)
        && /date|duration|@/.test(text)),
  },
  {
    id: 'flag x',
    says: 'patterns have the flag x; feelin throws',
    basis: '10.3.4, as XPath',
    fits: (_, ours, theirs) => throws(theirs, '<x> flag'),
  },
  {
    id: 'types of ranges',
    says: 'range<T> is a type; feelin cannot read it',
    basis: '10.3.1.2, grammar rule of types',
    fits: (question, ours, theirs) => holds(/\brange</)(question) && 'refused' in theirs,
  },
  {
    id: 'type of a function',
    says: 'a function is an instance of a function type where its result conforms; feelin looks '
      + 'at nothing but that it is a function',
    basis: '10.3.2.9.1',
    fits: holds(/instance of function</),
  },
  {
    id: 'function range',
    says: 'range("[1..3]") is a function; feelin has none',
    basis: '10.3.4',
    fits: calls('range'),
  },
  {
    id: 'functions of ranges',
    says: 'functions of ranges take points and ranges in every place, with open ends too, and are '
      + 'null for values without an order',
    basis: '10.3.4',
    fits: calls(...kRangeFunctions),
  },
  {
    id: 'names with signs',
    says: 'a member may have a sign in its name after a path or filter too; feelin subtracts',
    basis: '10.3.1.2, grammar rules of names',
    fits: (question, ours, theirs) => holds(/\]\.days-late|days-late/)(question)
      && (warns(theirs, 'NO_VARIABLE_FOUND') || 'refused' in theirs),
  },
  {
    id: 'members in a filter',
    says: 'an item without the member leaves the filter no member of the others',
    basis: '10.3.2.5',
    fits: holds(/\[year > 2020\]/),
  },
  {
    id: 'exponents',
    says: 'numbers have exponents (1e3); feelin stops reading at the e',
    basis: '10.3.1.2, grammar rule of numeric literals',
    fits: holds(/\d[eE][+-]?\d/),
  },
  {
    id: 'decimal numbers',
    says: 'numbers are decimal, with 34 digits and no infinity; those of feelin are binary',
    basis: '10.3.2.3.1',
    fits: ({ text }, ours, theirs) => isNotANumber(theirs) && !/@"|date|time|duration/.test(text)
      ? !/- ?-|-\s*\(?\s*-/.test(text)
      : /^string\(/.test(text) && /\d\.\d{15,}/.test(String(ours.value)),
  },
  {
    id: 'minus twice',
    says: '- - 1 is 1',
    basis: '10.3.2, arithmetic',
    fits: (question, ours, theirs) => isNotANumber(theirs) && holds(/- ?\(?-/)(question),
  },
  {
    id: 'nothing to compute with',
    says: 'what arithmetic does not know is null; feelin says NaN',
    basis: '10.3.2, arithmetic',
    fits: (_, ours, theirs) => isNull(ours) && isNotANumber(theirs),
  },
  {
    id: 'durations times numbers',
    says: 'durations are multiplied, divided and negated',
    basis: '10.3.2, arithmetic',
    fits: ({ text }, ours, theirs) => warns(theirs, 'INVALID_TYPE') && isNull(theirs)
      && /[*/]|^-|-@/.test(text) && /@"-?P|duration\(/.test(text),
  },
  {
    id: '24:00:00',
    says: 'T24:00:00 is midnight at the end of the day',
    basis: '10.3.2.3, as XML Schema',
    fits: holds(/24:00:00/),
  },
  {
    id: 'a date and a length of time',
    says: 'a date plus hours is a date; feelin makes a moment of it',
    basis: '10.3.2, arithmetic',
    fits: ({ text }, ours, theirs) => /^\d{4}-\d\d-\d\d$/.test(ours.value)
      && String(theirs.value).startsWith(text.includes('+') || text.includes('-') ? '' : '!')
      && /T.*Z$/.test(theirs.value),
  },
  {
    id: 'moments with and without a zone',
    says: 'a moment with a zone and one without have no difference; a date is its midnight in UTC',
    basis: '10.3.2, arithmetic',
    fits: ({ text }, ours, theirs) => /@"[^"]*" - @"/.test(text) && /^-?P/.test(theirs.value),
  },
  {
    id: 'a time and years',
    says: 'a time has no years to add',
    basis: '10.3.2, arithmetic',
    fits: ({ text }, ours) => isNull(ours) && /@"\d\d:\d\d/.test(text) && /@"P\d+[YM]"/.test(text),
  },
  {
    id: 'years and months',
    says: 'years and months duration() gives whole months; feelin adds days',
    basis: '10.3.4',
    fits: calls('years and months duration'),
  },
  {
    id: 'parts of moments',
    says: 'date and time() takes parts with an offset or zone; feelin takes none',
    basis: '10.3.4',
    fits: (question, ours, theirs) => calls('date and time')(question)
      && warns(theirs, 'FUNCTION_INVOCATION_FAILURE'),
  },
  {
    id: 'offsets',
    says: 'an offset is at most 14 hours, does not stand beside a zone, and that of UTC is Z',
    basis: '10.3.2.3, as XML Schema',
    fits: holds(/[+-]\d\d:\d\d|duration\("-?PT|@"-?PT/),
  },
  {
    id: 'the moment',
    says: 'now() and today() are those that the caller gives: the same question, the same answer',
    own: true,
    fits: calls('now', 'today'),
  },
  {
    id: 'scales',
    says: 'a scale lies from -6111 to 6176 and its fraction is dropped',
    basis: '10.3.4',
    fits: calls('decimal', 'floor', 'ceiling', 'round up', 'round down', 'round half up',
      'round half down'),
  },
  {
    id: 'places',
    says: 'a place outside the text or list gives null, and one from the end counts from there',
    basis: '10.3.4',
    fits: calls('substring', 'sublist', 'insert before', 'remove', 'list replace'),
  },
  {
    id: 'least and most',
    says: 'min and max take all that has an order, texts and dates too',
    basis: '10.3.4',
    fits: calls('min', 'max'),
  },
  {
    id: 'kinds of arguments',
    says: 'a list of one is its item where an item is wanted, and what does not fit gives null',
    basis: '10.3.2.9.4; 10.3.4',
    fits: calls('abs', 'any', 'all', 'concatenate', 'number', 'context put', 'sort'),
  },
  {
    id: 'external functions',
    says: 'a function that is external is a value, and null when it is called; feelin has none',
    basis: '10.3.2, functions',
    fits: holds(/external \{/),
  },
  {
    id: 'types of parameters',
    says: 'an argument that does not conform to the type of its parameter is null',
    basis: '10.3.2.9.4',
    fits: holds(/function\(\w+: /),
  },
  {
    id: 'counting arguments',
    says: 'count(1, 2) counts its arguments, as sum(1, 2) adds them',
    own: true,
    fits: calls('count'),
  },
  {
    id: 'keys twice',
    says: 'a key twice in a context is a mistake',
    basis: '10.3.2.6',
    fits: holds(/\{\s*"?(\w+)"?: ?[^{}]*, ?"?\1"?:/),
  },
  {
    id: 'loops over texts',
    says: 'a loop runs over numbers and dates; feelin takes letters too',
    basis: '10.3.2, iteration',
    fits: holds(/\bin \[?"\w"\.\."\w"/),
  },
  {
    id: 'lists in tests',
    says: 'a value passes a list as a test where it is in one of its ranges',
    basis: '10.3.2, unary tests',
    fits: ({ kind, text }) => kind === 'unary_tests' && text.startsWith('['),
  },
  {
    id: 'ranges that are empty or open',
    says: 'a range that ends before it begins, or in null, is null; one with an operator is no '
      + 'interval, and unequal to one',
    basis: '10.3.2.7',
    fits: (question) => holds(/\[?null\.\.|\.\.null|\(!?[<>=]{1,2} ?-?\d|\bbetween\b/)(question)
      || holds(/\[\d+\.\.\d+\]|\(\d+\.\.\d+\)/)(question),
  },
  {
    id: 'places that are not whole',
    says: 'of a place in a list the fraction is dropped',
    own: true,
    fits: holds(/\[(2\.5|Monthly fee|\(amounts\)\[2\.5\])\]/),
  },
  {
    id: 'conditions that are none',
    says: 'a condition of some and every that is no boolean makes the outcome null',
    basis: '10.3.2, iteration',
    fits: holds(/\b(some|every)\b/),
  },
  {
    id: 'condition as a test',
    says: 'an expression that is true or false is passed where it is true, whatever the value',
    basis: '10.3.2, unary tests',
    fits: ({ kind }, ours) => kind === 'unary_tests' && ours.value === true,
  },
  {
    id: 'letters beyond 16 bits',
    says: '\\U takes six digits, and an escape that is none stays as it is written',
    basis: '10.3.1.2, grammar rule of string literals',
    fits: holds(/\\[uU]/),
  },
  {
    id: 'what null is',
    says: 'a comparison with a fact that is not given is null; feelin says false',
    own: true,
    fits: (_, ours, theirs) => isNull(ours) && theirs.value === false,
  },
  {
    id: 'not of a kind',
    says: 'a comparison of unlike kinds is null, and "null and true" is null',
    basis: '10.3.2, equality and order',
    fits: (question, ours) => isNull(ours) && holds(/[<>]=? .* and /)(question),
  },
  {
    id: 'instance of what is null',
    says: 'null is no instance of a type but Null: false',
    basis: '10.3.2.9.1',
    fits: (question, ours) => holds(/instance of/)(question) && ours.value === false,
  },
  {
    id: 'a filter of null',
    says: 'a place that is not known gives null; feelin an empty list',
    basis: '10.3.2.5',
    fits: (question, ours, theirs) => isNull(ours) && JSON.stringify(theirs.value) === '[]',
  },
  {
    id: '0 ** 0',
    says: '0 ** 0 is 1',
    basis: '10.3.2, arithmetic, as IEEE 754',
    fits: holds(/\*\*/),
  },
  {
    id: 'names of keys in texts',
    says: 'string() of a context quotes a key that is no name',
    basis: '10.3.4',
    fits: (question) => calls('string')(question),
  },
  {
    id: 'functions by name',
    says: 'a built-in function is a value under its name with blanks too',
    basis: '10.3.4',
    fits: (_, ours) => String(ours.value).startsWith('function<'),
  },
];
