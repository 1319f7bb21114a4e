#include "http/internal/openapi_schemas.h"

namespace zicht::http {
namespace {

constexpr std::string_view kBodySchemas = R"json({
"Search": {"type": "object", "required": ["form"], "additionalProperties": false, "properties": {
  "form": {"$ref": "#/components/schemas/FullId"},
  "filters": {"type": "array", "maxItems": 50, "items": {"$ref": "#/components/schemas/Filter"}},
  "where": {"$ref": "#/components/schemas/Where"},
  "undetermined": {"$ref": "#/components/schemas/Undetermined"},
  "text": {"type": "string", "maxLength": 200},
  "sort": {"$ref": "#/components/schemas/Sort"},
  "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50},
  "cursor": {"type": "string"},
  "fields": {"type": "array", "items": {"type": "string", "maxLength": 63}, "maxItems": 200,
   "description": "Of each row these fields alone, and in references what they mention."},
  "unnamed": {"type": "array", "items": {"type": "string", "maxLength": 63}, "maxItems": 200,
   "description": "Fields of which what they mention is not named in references."},
  "valid_on": {"type": "string", "format": "date"},
  "known_at": {"type": "string", "format": "date-time"}}},
"SearchAll": {"type": "object", "required": ["text"], "additionalProperties": false,
 "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 200}}},
"NameSearch": {"type": "object", "required": ["form", "field"], "additionalProperties": false,
 "properties": {
  "form": {"$ref": "#/components/schemas/FullId"},
  "field": {"type": "string", "maxLength": 63},
  "text": {"type": "string", "maxLength": 200}}},
"FormEvaluate": {"type": "object", "required": ["fields"], "additionalProperties": false,
 "properties": {"fields": {"type": "object", "description":
  "As for a record. What does not fit its field counts as missing."}}},
"ModelEvaluate": {"type": "object", "required": ["decision", "inputs"],
 "additionalProperties": false, "properties": {
  "decision": {"type": "string", "description": "Its name or id."},
  "inputs": {"type": "object", "description":
   "By the names of inputs; what is left out, or null, is not known."},
  "explain": {"type": "string", "enum": ["off", "brief", "full"], "default": "brief"}}},
"ModelInterviewAsk": {"type": "object", "required": ["decision", "inputs"],
 "additionalProperties": false, "properties": {
  "decision": {"type": "string", "description": "Its name or id."},
  "inputs": {"type": "object", "description":
   "The answers so far, also to other decisions of the model; null is 'I do not know'."},
  "accepted": {"type": "array", "items": {"type": "string"}, "description":
   "Doubts that the person says to be so, by their decisions."},
  "explain": {"type": "string", "enum": ["off", "brief", "full"], "default": "brief"}}},
"Export": {"type": "object", "required": ["form", "format"], "additionalProperties": false,
 "properties": {
  "form": {"$ref": "#/components/schemas/FullId"},
  "filters": {"type": "array", "maxItems": 50, "items": {"$ref": "#/components/schemas/Filter"}},
  "where": {"$ref": "#/components/schemas/Where"},
  "undetermined": {"$ref": "#/components/schemas/Undetermined"},
  "text": {"type": "string", "maxLength": 200},
  "sort": {"$ref": "#/components/schemas/Sort"},
  "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
  "cursor": {"type": "string"},
  "valid_on": {"type": "string", "format": "date"},
  "known_at": {"type": "string", "format": "date-time"},
  "format": {"enum": ["csv", "xlsx"]},
  "ids": {"type": "array", "maxItems": 1000,
          "items": {"$ref": "#/components/schemas/RecordId"}},
  "columns": {"type": "array", "items": {"type": "string"}}}},
"Where": {"type": "string", "minLength": 1, "maxLength": 2000,
 "description": "A condition in FEEL over filterable fields, beside the filters."},
"Undetermined": {"type": "boolean", "default": false,
 "description": "Instead the rows of which where cannot be determined."},
"Filter": {"type": "object", "required": ["field"], "additionalProperties": false,
 "description": "One of equals, any_of, or from and to. Several filters are joined by and.",
 "properties": {
  "field": {"type": "string"},
  "equals": {"type": ["string", "boolean", "integer"]},
  "any_of": {"type": "array", "minItems": 1, "maxItems": 200,
             "items": {"type": ["string", "boolean", "integer"]}},
  "from": {"type": ["string", "integer"]},
  "to": {"type": ["string", "integer"]}}},
"Sort": {"type": "object", "required": ["field"], "additionalProperties": false, "properties": {
  "field": {"type": "string"},
  "direction": {"enum": ["asc", "desc"]}}},
"TaskSearch": {"type": "object", "additionalProperties": false, "properties": {
  "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
  "cursor": {"type": "string"}}},
"RecordChange": {"type": "object", "required": ["fields", "reason"],
 "additionalProperties": false, "properties": {
  "fields": {"type": "object",
             "description": "All fields that the caller may see; the schema is that of the form."},
  "valid_from": {"type": "string", "format": "date"},
  "reason": {"$ref": "#/components/schemas/Reason"}}},
"RecordCorrect": {"type": "object", "required": ["fields", "valid_from", "reason"],
 "additionalProperties": false, "properties": {
  "fields": {"type": "object"},
  "valid_from": {"type": "string", "format": "date"},
  "valid_to": {"type": "string", "format": "date"},
  "reason": {"$ref": "#/components/schemas/Reason"}}},
"RecordStep": {"type": "object", "required": ["transition"], "additionalProperties": false,
 "properties": {
  "transition": {"type": "string", "minLength": 1},
  "fields": {"type": "object"},
  "reason": {"$ref": "#/components/schemas/Reason"},
  "on": {"type": "string", "format": "date"}}},
"Reason": {"type": "string", "minLength": 1, "maxLength": 2000},
"SignIn": {"type": "object", "required": ["login", "password"], "additionalProperties": false,
 "properties": {
  "login": {"type": "string", "minLength": 1, "maxLength": 200},
  "password": {"type": "string", "minLength": 1, "maxLength": 1000, "format": "password"},
  "code": {"type": "string", "minLength": 1, "maxLength": 20}}},
"Code": {"type": "object", "required": ["code"], "additionalProperties": false, "properties": {
  "code": {"type": "string", "minLength": 1, "maxLength": 20}}},
"PasswordChange": {"type": "object", "required": ["current", "new"],
 "additionalProperties": false, "properties": {
  "current": {"type": "string", "minLength": 1, "maxLength": 1000, "format": "password"},
  "new": {"type": "string", "minLength": 1, "maxLength": 1000, "format": "password"}}},
"Words": {"type": "object", "required": ["words", "written_on"], "additionalProperties": false,
 "properties": {
  "words": {"type": "string", "minLength": 1, "maxLength": 400},
  "written_on": {"anyOf": [{"type": "string", "format": "date"},
                           {"$ref": "#/components/schemas/Interval"}]}}},
"ReadLogSearch": {"type": "object", "additionalProperties": false, "properties": {
  "subject": {"type": "string"}, "account": {"type": "string"},
  "from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"},
  "limit": {"type": "integer", "minimum": 1, "maximum": 200}, "cursor": {"type": "string"}}},
"ReadLogExport": {"type": "object", "additionalProperties": false, "required": ["format"],
 "properties": {
  "subject": {"type": "string"}, "account": {"type": "string"},
  "from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"},
  "limit": {"type": "integer", "minimum": 1, "maximum": 200}, "cursor": {"type": "string"},
  "format": {"enum": ["csv", "xlsx"]}}},
"BreakOpen": {"type": "object", "required": ["reason", "hours"], "additionalProperties": false,
 "properties": {
  "reason": {"$ref": "#/components/schemas/Reason"},
  "hours": {"type": "integer", "minimum": 1, "maximum": 168}}},
"BreakSearch": {"type": "object", "additionalProperties": false, "properties": {
  "limit": {"type": "integer", "minimum": 1, "maximum": 200},
  "before": {"type": "integer", "minimum": 1}}},
"BreakReview": {"type": "object", "required": ["outcome"], "additionalProperties": false,
 "properties": {
  "outcome": {"enum": ["justified", "unjustified"]},
  "note": {"type": "string", "maxLength": 2000}}},
"RetentionSearch": {"type": "object", "additionalProperties": false, "properties": {
  "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
  "after": {"type": "string", "description": "The `next` of the page before."}}},
"RetentionApproval": {"type": "object", "required": ["records"], "additionalProperties": false,
 "description": "The same body again gives the same answer.", "properties": {
  "records": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {
    "type": "object", "required": ["record", "version"], "additionalProperties": false,
    "properties": {"record": {"type": "string"},
                   "version": {"type": "integer", "minimum": 1}}}}}},
"ErasureSearch": {"type": "object", "additionalProperties": false, "properties": {
  "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
  "before": {"type": "integer", "description": "The `next` of the page before."}}},
"HandoverOffer": {"type": "object", "required": ["organisation", "reason", "basis"],
 "additionalProperties": false, "properties": {
  "organisation": {"type": "string", "description": "That receives; not one's own."},
  "forms": {"type": "array", "items": {"$ref": "#/components/schemas/FullId"}, "minItems": 1,
            "maxItems": 200, "description": "Absent: all that is kept about the person."},
  "from": {"type": "string", "format": "date", "description": "Absent: today."},
  "until": {"type": "string", "format": "date", "description": "Exclusive; absent: open."},
  "gives_up": {"type": "boolean", "description": "Meanwhile nobody writes in what is handed over."},
  "reason": {"$ref": "#/components/schemas/Reason"},
  "basis": {"type": "string", "minLength": 1, "maxLength": 500}}},
"HandoverSearch": {"type": "object", "additionalProperties": false, "properties": {
  "direction": {"enum": ["incoming", "outgoing"]},
  "person": {"$ref": "#/components/schemas/RecordId"},
  "state": {"$ref": "#/components/schemas/HandoverState"},
  "limit": {"type": "integer", "minimum": 1, "maximum": 200},
  "before": {"type": "integer", "minimum": 1}}},
"HandoverState": {"enum": ["offered", "accepted", "refused", "withdrawn", "returned", "erased"]},
"HandoverAccept": {"type": "object", "additionalProperties": false, "properties": {
  "reason": {"type": "string", "maxLength": 2000}}},
"HandoverEnd": {"type": "object", "required": ["reason"], "additionalProperties": false,
 "properties": {"reason": {"$ref": "#/components/schemas/Reason"}}},
"ProcessingExport": {"type": "object", "required": ["format"], "additionalProperties": false,
 "properties": {"format": {"enum": ["md", "csv", "xlsx"]}}},
"AccountCreate": {"type": "object", "required": ["login", "name", "organisation", "roles"],
 "additionalProperties": false, "properties": {
  "login": {"type": "string", "pattern": "^[A-Za-z0-9._@+-]{2,100}$"},
  "name": {"type": "string", "minLength": 1, "maxLength": 200},
  "organisation": {"type": "string", "minLength": 1},
  "person": {"type": "string"},
  "subject": {"type": "string"},
  "roles": {"type": "array", "items": {"type": "string", "minLength": 1}}}},
"WebhookCreate": {"type": "object", "required": ["title", "url", "forms", "events"],
 "additionalProperties": false, "properties": {
  "title": {"type": "string"},
  "url": {"type": "string"},
  "forms": {"type": "array", "items": {"type": "string"}},
  "events": {"type": "array", "items": {"enum": ["created", "changed", "stepped"]}}}},
"WebhookChange": {"type": "object", "additionalProperties": false, "properties": {
  "title": {"type": "string"},
  "url": {"type": "string"},
  "forms": {"type": "array", "items": {"type": "string"}},
  "events": {"type": "array", "items": {"enum": ["created", "changed", "stepped"]}},
  "active": {"type": "boolean"},
  "new_secret": {"const": true}}},
"MailWishChange": {"type": "object", "required": ["wish"], "additionalProperties": false,
 "properties": {
  "wish": {"enum": ["at_once", "daily", "never"]},
  "address": {"type": "string"},
  "language": {"enum": ["nl", "en"]}}},
"AccountChange": {"type": "object", "additionalProperties": false, "properties": {
  "name": {"type": "string", "minLength": 1, "maxLength": 200},
  "organisation": {"type": "string", "minLength": 1},
  "roles": {"type": "array", "items": {"type": "string", "minLength": 1}},
  "active": {"type": "boolean"},
  "subject": {"type": "string"},
  "reset_password": {"const": true},
  "reset_second_factor": {"const": true}}}
})json";

constexpr std::string_view kAnswerSchemas = R"json({
"Problem": {"type": "object",
 "required": ["type", "status", "title", "detail", "instance", "problems"], "properties": {
  "type": {"type": "string", "format": "uri"},
  "status": {"type": "integer"},
  "title": {"type": "string"},
  "detail": {"type": "string", "description": "What to do."},
  "instance": {"type": "string", "format": "uri", "description": "The incident id."},
  "problems": {"type": "array", "items": {"type": "object",
   "required": ["id", "where", "message", "hint"], "properties": {
    "id": {"type": "string"},
    "where": {"type": "string", "description": "JSON pointer into the body; empty: all of it."},
    "message": {"type": "string"},
    "hint": {"type": "string"}}}},
  "current": {"anyOf": [{"$ref": "#/components/schemas/Record"},
                        {"$ref": "#/components/schemas/Letter"}]}}},
"Text": {"type": "object", "required": ["nl", "en"], "properties": {
  "nl": {"type": "string"}, "en": {"type": "string"}}},
"Attachment": {"type": "object", "required": ["file", "name", "type", "size"], "properties": {
  "file": {"$ref": "#/components/schemas/RecordId"},
  "name": {"type": "string"},
  "type": {"type": "string", "description": "Media type, by content."},
  "size": {"type": "integer", "minimum": 1}}},
"FullId": {"type": "string", "pattern": "^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$",
 "description": "pack/form"},
"RecordId": {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{26}$"},
"Interval": {"type": "object", "required": ["first", "last"], "properties": {
  "first": {"type": "string", "format": "date"}, "last": {"type": "string", "format": "date"}}},
"Named": {"type": "object", "required": ["id", "name"], "properties": {
  "id": {"type": "string"}, "name": {"type": "string"}}},
"State": {"type": "object", "required": ["id"], "properties": {
  "id": {"type": "string"}, "label": {"$ref": "#/components/schemas/Text"},
  "meaning": {"type": "string"}, "since": {"type": "string", "format": "date"}}},
"Turn": {"type": "object", "required": ["role"], "properties": {
  "role": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"},
  "what": {"$ref": "#/components/schemas/Text"}}},
"NamePage": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "maxItems": 20,
            "items": {"type": "object", "required": ["id", "name"], "properties": {
   "id": {"type": "string"}, "name": {"type": "string"},
   "organisation": {"$ref": "#/components/schemas/Named"}}}}}},
"RuleWhy": {"type": "object", "required": ["rule", "outcome", "missing", "errors", "facts"],
 "properties": {
  "rule": {"type": "string", "description": "The FEEL text."},
  "outcome": {"type": "string", "enum": ["yes", "no", "unknown"]},
  "missing": {"type": "array", "items": {"type": "string"}},
  "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Text"}},
  "facts": {"type": "array", "items": {"type": "object", "required": ["name", "value"],
   "properties": {"name": {"type": "string"}, "value": {"type": "string"}}}}}},
"RuleMessages": {"type": "array", "items": {"type": "object",
 "required": ["refused", "text", "why"], "properties": {
  "refused": {"type": "boolean", "description": "False: it cannot be determined yet."},
  "text": {"$ref": "#/components/schemas/Text"},
  "why": {"$ref": "#/components/schemas/RuleWhy"}}}},
"FormEvaluation": {"type": "object", "required": ["fields", "messages"], "properties": {
  "fields": {"type": "object", "additionalProperties": {"type": "object",
   "required": ["shown", "required", "messages", "why"], "properties": {
    "shown": {"type": "boolean"}, "required": {"type": "boolean"},
    "value": {"description": "Of a computed field; absent: it has none."},
    "misfit": {"$ref": "#/components/schemas/Text"},
    "messages": {"$ref": "#/components/schemas/RuleMessages"},
    "why": {"type": "object", "additionalProperties":
     {"$ref": "#/components/schemas/RuleWhy"}}}}},
  "messages": {"$ref": "#/components/schemas/RuleMessages"}}},
"PackName": {"type": "object", "required": ["name", "title", "version", "hash"],
 "properties": {"name": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"},
  "version": {"type": "string"}, "hash": {"type": "string"}}},
"ModelList": {"type": "object", "required": ["pack", "items"], "properties": {
  "pack": {"$ref": "#/components/schemas/PackName"},
  "items": {"type": "array", "items": {"type": "object",
   "required": ["id", "name", "decisions", "inputs"], "properties": {
    "id": {"type": "string"}, "name": {"type": "string"}, "description": {"type": "string"},
    "decisions": {"type": "array", "items": {"type": "string"}},
    "inputs": {"type": "array", "items": {"type": "string"}}}}}}},
"DecisionModel": {"type": "object", "required": ["id", "pack", "model"], "properties": {
  "id": {"type": "string"}, "pack": {"$ref": "#/components/schemas/PackName"},
  "model": {"type": "object", "required": ["name", "inputs", "decisions", "types"],
   "description": "Expressions and cells are FEEL, as the author wrote them.", "properties": {
    "name": {"type": "string"}, "description": {"type": "string"}, "file": {"type": "string"},
    "inputs": {"type": "array", "items": {"$ref": "#/components/schemas/ModelNode"}},
    "decisions": {"type": "array", "items": {"$ref": "#/components/schemas/ModelNode"}},
    "knowledge": {"type": "array", "items": {"$ref": "#/components/schemas/ModelNode"}},
    "services": {"type": "array", "items": {"$ref": "#/components/schemas/ModelNode"}},
    "types": {"type": "array", "items": {"type": "object"}},
    "sources": {"type": "array", "items": {"type": "object"}}}}}},
"ModelNode": {"type": "object", "required": ["name", "type"], "properties": {
  "name": {"type": "string"}, "id": {"type": "string"}, "label": {"type": "string"},
  "description": {"type": "string"}, "line": {"type": "integer"},
  "question": {"type": "string"}, "answers": {"type": "string"},
  "type": {"$ref": "#/components/schemas/ModelType"},
  "contradiction": {"type": "boolean", "description":
   "Tells of answers that cannot stand beside each other."},
  "needs": {"type": "array", "items": {"type": "string"},
   "description": "Of a decision: the inputs that it rests on in the end."},
  "requires": {"type": "array", "items": {"type": "object", "required": ["kind", "name"],
   "properties": {"kind": {"enum": ["input", "decision", "knowledge", "service"]},
    "name": {"type": "string"}, "file": {"type": "string"}}}},
  "sources": {"type": "array", "items": {"type": "object"}},
  "logic": {"type": ["object", "null"],
   "description": "By its kind: literal, table, context ..."}}},
"ModelType": {"type": "object", "required": ["kind", "text"], "properties": {
  "kind": {"type": "string"}, "text": {"type": "string"}, "name": {"type": "string"},
  "allowed": {"type": "string"}, "choices": {"type": "array", "items": {"type": "string"}},
  "item": {"$ref": "#/components/schemas/ModelType"},
  "members": {"type": "array", "items": {"$ref": "#/components/schemas/ModelType"}}}},
"ModelEvaluation": {"type": "object",
 "required": ["outcome", "value", "missing", "errors", "explanation"], "properties": {
  "outcome": {"type": "string", "enum": ["yes", "no", "value", "unknown"]},
  "value": {"description": "As JSON has it; a number that is not whole is a text."},
  "missing": {"type": "array", "items": {"type": "string"}},
  "errors": {"type": "array", "items": {"type": "object", "required": ["id", "message", "hint"],
   "properties": {"id": {"type": "string"}, "message": {"$ref": "#/components/schemas/Text"},
    "hint": {"$ref": "#/components/schemas/Text"}}}},
  "explanation": {"type": "array", "items": {"type": "object"}}}},
"ModelInterview": {"type": "object", "required": ["next", "open", "end"], "properties": {
  "next": {"type": ["object", "null"], "required": ["name", "input", "type", "why"],
   "properties": {
    "name": {"type": "string", "description": "An input, or a member of one: Person.Age."},
    "input": {"type": "string"}, "path": {"type": "array", "items": {"type": "string"},
     "description": "Of members within the input."}, "label": {"type": "string"},
    "description": {"type": "string"}, "type": {"$ref": "#/components/schemas/ModelType"},
    "choices": {"type": "array", "items": {}},
    "certain": {"type": "boolean"}, "passed_over": {"type": "boolean", "description":
     "No answer changes the outcome, but no value is known that could stand in for one."},
    "why": {"type": "array", "description": "The decisions that need it, the nearest first.",
     "items": {"type": "object", "required": ["decision"], "properties": {
      "decision": {"type": "string"}, "question": {"type": "string"},
      "rules": {"type": "array", "items": {"type": "integer"}},
      "sources": {"type": "array", "items": {"type": "object"}}}}}}},
  "open": {"type": "array", "items": {"type": "string"},
   "description": "Questions that may still be asked."},
  "contradictions": {"type": "array", "description":
   "Answers that cannot stand beside each other: nothing is asked or concluded before one changes.",
   "items": {"type": "object", "required": ["decision", "answers", "may_stand"], "properties": {
    "decision": {"type": "string"}, "question": {"type": "string"},
    "answers": {"type": "array", "items": {"type": "string"}, "description": "By their inputs."},
    "may_stand": {"type": "boolean", "description": "A doubt, which accepted can say to be so."}}}},
  "end": {"oneOf": [{"$ref": "#/components/schemas/ModelEvaluation"}, {"type": "null"}],
   "description": "When nothing is left to ask; missing is what the person does not know."},
  "stand_ins": {"type": "array", "description":
   "With end: what it was worked out with for questions without an answer; any other would do.",
   "items": {"type": "object", "required": ["name", "input", "value"], "properties": {
    "name": {"type": "string"}, "input": {"type": "string"}, "label": {"type": "string"},
    "path": {"type": "array", "items": {"type": "string"}}, "value": {}}}}}},
"References": {"type": "object", "additionalProperties": {"type": "object", "properties": {
  "title": {"type": "string"}, "form": {"type": "string"}}}},
"Deadline": {"type": "object", "required": ["name", "status", "first", "last"], "properties": {
  "name": {"type": "string"}, "label": {"$ref": "#/components/schemas/Text"},
  "status": {"type": "string"}, "start": {},
  "first": {"type": "string", "format": "date"}, "last": {"type": "string", "format": "date"},
  "why": {"type": "array", "items": {}}}},
"Action": {"type": "object", "required": ["kind"], "properties": {
  "kind": {"type": "string"}, "transition": {"type": "string"},
  "label": {"$ref": "#/components/schemas/Text"},
  "fields": {"type": "object", "additionalProperties": {"type": "string"}},
  "reason": {"type": "string"}, "blocked": {"$ref": "#/components/schemas/Text"}}},
"PackVersion": {"type": "object", "required": ["name", "version", "hash"], "properties": {
  "name": {"type": "string"}, "version": {"type": "string"}, "hash": {"type": "string"}}},
"Record": {"type": "object", "required": ["id", "form", "title", "version", "fields"],
 "properties": {
  "id": {"$ref": "#/components/schemas/RecordId"},
  "form": {"$ref": "#/components/schemas/FullId"},
  "title": {"type": "string"},
  "organisation": {"$ref": "#/components/schemas/Named"},
  "version": {"type": "integer"},
  "state": {"$ref": "#/components/schemas/State"},
  "turn": {"$ref": "#/components/schemas/Turn"},
  "fields": {"type": "object"},
  "references": {"$ref": "#/components/schemas/References"},
  "same_as": {"$ref": "#/components/schemas/References"},
  "deadlines": {"type": "array", "items": {"$ref": "#/components/schemas/Deadline"}},
  "valid_from": {"type": "string", "format": "date"},
  "valid_to": {"type": "string", "format": "date"},
  "recorded_at": {"type": "string", "format": "date-time"},
  "pack": {"$ref": "#/components/schemas/PackVersion"},
  "actions": {"type": "array", "items": {"$ref": "#/components/schemas/Action"}},
  "given_up": {"type": "boolean", "description":
    "It is handed over, and while that lasts its keeper does not write in it. Absent: it does."},
  "handed_to": {"type": "array", "items": {"type": "string"}, "description":
    "Names of organisations that look at it by hand-over now."},
  "audience": {"type": "string"},
  "seen_by": {"$ref": "#/components/schemas/Text"}}},
"SearchPage": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"type": "object",
   "required": ["id", "title", "version", "fields"], "properties": {
    "id": {"$ref": "#/components/schemas/RecordId"}, "title": {"type": "string"},
    "version": {"type": "integer"}, "state": {"$ref": "#/components/schemas/State"},
    "turn": {"$ref": "#/components/schemas/Turn"}, "fields": {"type": "object"},
    "deadlines": {"type": "array", "items": {"$ref": "#/components/schemas/Deadline"}},
    "organisation": {"$ref": "#/components/schemas/Named"},
    "changed": {"type": "string", "format": "date-time"}}}},
  "references": {"$ref": "#/components/schemas/References"},
  "next": {"type": "string", "description": "The cursor of the next page; absent at the end."}}},
"SearchGroups": {"type": "object", "required": ["groups"], "properties": {
  "groups": {"type": "array", "items": {"type": "object", "required": ["form", "page"],
   "properties": {"form": {"$ref": "#/components/schemas/FullId"},
                  "page": {"$ref": "#/components/schemas/SearchPage"}}}}}},
"History": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"type": "object",
   "required": ["seq", "at", "event"], "properties": {
    "seq": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
    "actor": {"type": "object", "properties": {
      "name": {"type": "string"}, "organisation": {"type": "string"}}},
    "event": {"type": "string"}, "transition": {"type": "string"}, "reason": {"type": "string"},
    "valid_from": {"type": "string", "format": "date"},
    "valid_to": {"type": "string", "format": "date"},
    "pack": {"$ref": "#/components/schemas/PackVersion"},
    "changes": {"type": "array", "items": {"type": "object", "required": ["field"],
      "properties": {"field": {"type": "string"}, "old": {}, "new": {}}}},
    "state": {"type": "object", "properties": {"old": {}, "new": {}}}}}},
  "references": {"$ref": "#/components/schemas/References"},
  "next": {"type": "integer"}}},
"RecordLine": {"type": "object", "required": ["id", "form", "title"], "properties": {
  "id": {"$ref": "#/components/schemas/RecordId"},
  "form": {"$ref": "#/components/schemas/FullId"}, "title": {"type": "string"}, "state": {}}},
"Links": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"type": "object",
   "required": ["title", "field", "direction", "records"], "properties": {
    "title": {"$ref": "#/components/schemas/Text"}, "field": {"type": "string"},
    "direction": {"enum": ["in", "out"]},
    "records": {"type": "array", "items": {"$ref": "#/components/schemas/RecordLine"}}}}}}},
"Norms": {"type": "object", "required": ["on", "pack", "items"], "properties": {
  "on": {"type": "string", "format": "date", "description": "The day they are judged on."},
  "pack": {"$ref": "#/components/schemas/PackVersion"},
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Norm"}}}},
"Indicator": {"type": "object",
 "required": ["name", "title", "definition", "unit", "measure", "perspective", "source", "pack",
  "form", "already_public"], "properties": {
  "name": {"$ref": "#/components/schemas/FullId"},
  "title": {"$ref": "#/components/schemas/Text"},
  "definition": {"$ref": "#/components/schemas/Text"},
  "unit": {"$ref": "#/components/schemas/Text"},
  "measure": {"enum": ["count", "sum", "share", "rate"]},
  "perspective": {"allOf": [{"$ref": "#/components/schemas/Text"}],
   "description": "Who says so."},
  "source": {"type": "object", "required": ["title", "kind"], "properties": {
   "title": {"$ref": "#/components/schemas/Text"}, "kind": {"type": "string"},
   "reference": {"type": "string"}, "url": {"type": "string"}}},
  "pack": {"$ref": "#/components/schemas/PackName"},
  "form": {"type": "object", "required": ["name", "title"], "properties": {
   "name": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"}}},
  "where": {"type": "string", "description": "FEEL: which rows are counted; absent: all."},
  "period": {"type": "object", "required": ["field", "by", "which"], "properties": {
   "field": {"type": "string"}, "by": {"enum": ["year", "half_year"]},
   "which": {"enum": ["current", "previous"]}}},
  "part": {"type": "string", "description": "FEEL: of a share, which of those."},
  "of": {"allOf": [{"$ref": "#/components/schemas/Text"}],
   "description": "The field that is added up."},
  "by": {"allOf": [{"$ref": "#/components/schemas/Text"}],
   "description": "Of a rate: the field that it is told per."},
  "of_field": {"type": "string"}, "by_field": {"type": "string"},
  "per": {"type": "integer"},
  "already_public": {"type": "boolean", "description":
   "Counted over what everybody may see: the same figures for all."},
  "threshold": {"type": "integer", "description":
   "Counts below it are protected before they are published."}}},
"IndicatorList": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Indicator"}}}},
"IndicatorFigure": {"type": "object", "required": ["number", "rows", "undetermined"],
 "properties": {
  "number": {"type": ["string", "null"], "description":
   "A decimal in the unit of the indicator; null where there is none."},
  "rows": {"type": "integer", "description": "The rows that are counted."},
  "undetermined": {"type": "integer", "description":
   "Rows of which it cannot be said whether they count; they do not."},
  "part": {"type": "integer"}, "part_undetermined": {"type": "integer"},
  "valued": {"type": "integer", "description": "The rows that have what is added up."},
  "of_total": {"type": "string"}, "by_total": {"type": "string"}}},
"IndicatorFigures": {"allOf": [{"$ref": "#/components/schemas/Indicator"}, {"type": "object",
 "required": ["on", "total", "dimensions"], "properties": {
  "on": {"type": "string", "format": "date", "description": "The reference day."},
  "known_at": {"type": "string", "format": "date-time"},
  "days": {"$ref": "#/components/schemas/Interval"},
  "total": {"$ref": "#/components/schemas/IndicatorFigure"},
  "dimensions": {"type": "array", "items": {"type": "object",
   "required": ["id", "title", "by", "values"], "properties": {
    "id": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"},
    "field": {"type": "string"}, "by": {"enum": ["value", "year", "half_year"]},
    "overlaps": {"type": "boolean", "description":
     "A row may have several values and counts under each: together they are more than the total."},
    "values": {"type": "array", "description":
     "In the order of the list, of time or of names; never by number.",
     "items": {"allOf": [{"$ref": "#/components/schemas/IndicatorFigure"}, {"type": "object",
      "required": ["code", "label"], "properties": {
       "code": {"type": ["string", "null"]},
       "label": {"$ref": "#/components/schemas/Text"}}}]}}}}}}}]},
"NormItself": {"type": "object",
 "required": ["id", "title", "framework", "source", "judges"], "properties": {
  "id": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"},
  "framework": {"$ref": "#/components/schemas/Text"},
  "theme": {"$ref": "#/components/schemas/Text"},
  "source": {"type": "object", "required": ["title", "kind"], "properties": {
   "title": {"$ref": "#/components/schemas/Text"}, "kind": {"type": "string"},
   "reference": {"type": "string"}, "url": {"type": "string"}}},
  "article": {"type": "string"},
  "from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"},
  "judges": {"type": "array", "items": {"type": "object", "required": ["role", "title"],
   "description": "The roles of those who say whether the norm is met.",
   "properties": {"role": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"}}}}}},
"NormList": {"type": "object", "required": ["pack", "items"], "properties": {
  "pack": {"$ref": "#/components/schemas/PackName"},
  "items": {"type": "array", "items": {"allOf": [{"$ref": "#/components/schemas/NormItself"},
   {"type": "object", "required": ["form"], "properties": {
    "form": {"type": "object", "required": ["name", "title"], "properties": {
     "name": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"}}},
    "applies_if": {"type": "string"},
    "rule": {"type": "string", "description": "FEEL over the fields of the form."},
    "decision": {"type": "object",
     "required": ["model", "decision", "inputs", "meets", "breaks"], "properties": {
      "model": {"type": "string"}, "decision": {"type": "string"},
      "inputs": {"type": "array", "items": {"type": "object", "required": ["name", "rule"],
       "properties": {"name": {"type": "string"}, "rule": {"type": "string"}}}},
      "meets": {"type": "array", "items": {"type": "string"}},
      "breaks": {"type": "array", "items": {"type": "string"}}}}}}]}}}},
"Norm": {"allOf": [{"$ref": "#/components/schemas/NormItself"}, {"type": "object",
 "required": ["withheld"], "properties": {
  "withheld": {"type": "boolean", "description":
   "It rests on fields that the caller does not see; nothing more is told."},
  "applies": {"type": "boolean", "description": "False: it says nothing about this record."},
  "outcome": {"enum": ["yes", "no", "unknown"]},
  "missing": {"type": "array", "items": {"type": "object", "required": ["name", "label"],
   "properties": {"name": {"type": "string"}, "label": {"$ref": "#/components/schemas/Text"}}}},
  "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Text"}},
  "why": {"type": "object", "properties": {
   "applies_if": {"$ref": "#/components/schemas/RuleWhy"},
   "rule": {"$ref": "#/components/schemas/RuleWhy"},
   "decision": {"allOf": [{"$ref": "#/components/schemas/ModelEvaluation"},
    {"type": "object", "required": ["model", "decision", "inputs"], "properties": {
     "model": {"type": "string"}, "decision": {"type": "string"},
     "inputs": {"type": "array", "items": {"type": "object", "required": ["name", "why"],
      "properties": {"name": {"type": "string"},
       "why": {"$ref": "#/components/schemas/RuleWhy"}}}}}}]}}}}}]},
"TextTable": {"type": "object", "required": ["title", "headings", "rows", "notes"],
 "properties": {
  "title": {"type": "string"},
  "headings": {"type": "array", "items": {"type": "string"}},
  "rows": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
  "notes": {"type": "array", "items": {"type": "string"}}}},
"Break": {"type": "object",
 "required": ["id", "record", "form", "account", "reason", "opened", "until", "open"],
 "properties": {
  "id": {"type": "string"}, "record": {"$ref": "#/components/schemas/RecordId"},
  "form": {"$ref": "#/components/schemas/FullId"},
  "form_title": {"$ref": "#/components/schemas/Text"},
  "organisation": {"$ref": "#/components/schemas/Named"},
  "account": {"$ref": "#/components/schemas/Named"},
  "role": {"$ref": "#/components/schemas/Text"},
  "report": {"$ref": "#/components/schemas/Text"},
  "reason": {"type": "string"},
  "opened": {"type": "string", "format": "date-time"},
  "until": {"type": "string", "format": "date-time"}, "open": {"type": "boolean"},
  "ended": {"type": "string", "format": "date-time"},
  "ended_by": {"$ref": "#/components/schemas/Named"},
  "reviewed": {"type": "string", "format": "date-time"},
  "reviewed_by": {"$ref": "#/components/schemas/Named"},
  "outcome": {"enum": ["justified", "unjustified"]}, "note": {"type": "string"}}},
"BreakPage": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Break"}},
  "next": {"type": "integer"}}},
"Handover": {"type": "object",
 "required": ["id", "state", "keeper", "receiver", "all_forms", "forms", "hides_forms", "gives_up",
              "counts", "over", "may"],
 "properties": {
  "id": {"type": "string"},
  "state": {"$ref": "#/components/schemas/HandoverState"},
  "person": {"type": "object", "required": ["id"],
    "description": "Absent while the caller may not see whose file it is.",
    "properties": {"id": {"$ref": "#/components/schemas/RecordId"}, "title": {"type": "string"}}},
  "keeper": {"$ref": "#/components/schemas/Named"},
  "receiver": {"$ref": "#/components/schemas/Named"},
  "form": {"$ref": "#/components/schemas/FullId"},
  "form_title": {"$ref": "#/components/schemas/Text"},
  "all_forms": {"type": "boolean"},
  "forms": {"type": "array", "items": {"type": "object", "properties": {
    "id": {"$ref": "#/components/schemas/FullId"},
    "title": {"$ref": "#/components/schemas/Text"}}}},
  "hides_forms": {"type": "boolean", "description":
    "There are more forms than are named: those that the caller may not look at."},
  "from": {"type": "string", "format": "date"}, "until": {"type": "string", "format": "date"},
  "gives_up": {"type": "boolean"},
  "counts": {"type": "boolean", "description": "It is accepted, has begun and is not over."},
  "over": {"type": "boolean", "description": "Open or accepted, and its last day has passed."},
  "reason": {"type": "string"}, "basis": {"type": "string"},
  "answer": {"type": "string"}, "end_reason": {"type": "string"},
  "offered": {"type": "string", "format": "date-time"},
  "answered": {"type": "string", "format": "date-time"},
  "ended": {"type": "string", "format": "date-time"},
  "offered_by": {"$ref": "#/components/schemas/Named"},
  "answered_by": {"$ref": "#/components/schemas/Named"},
  "ended_by": {"$ref": "#/components/schemas/Named"},
  "may": {"type": "array", "items": {"enum": ["accept", "refuse", "withdraw", "return"]}}}},
"RetentionPage": {"type": "object", "required": ["items", "count", "may"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/DueRecord"}},
  "count": {"type": "integer", "description": "All that are due, on whatever page."},
  "next": {"type": "string"},
  "may": {"type": "array", "items": {"enum": ["erase"]}}}},
"DueRecord": {"type": "object",
 "required": ["id", "form", "person", "organisation", "version", "changed", "due"],
 "properties": {
  "id": {"type": "string"}, "form": {"$ref": "#/components/schemas/FullId"},
  "form_title": {"$ref": "#/components/schemas/Text"},
  "person": {"type": "boolean", "description": "The record of a person; nothing else is left."},
  "title": {"type": "string", "description": "Where the caller may see it."},
  "organisation": {"$ref": "#/components/schemas/Named"},
  "version": {"type": "integer"},
  "changed": {"type": "string", "format": "date"},
  "due": {"type": "string", "format": "date", "description": "The first day it may go."},
  "retention": {"type": "string"}, "law": {"type": "string"},
  "article": {"type": "string"}}},
"RetentionOutcome": {"type": "object", "required": ["erased", "left", "wiped"], "properties": {
  "erased": {"type": "integer"},
  "left": {"type": "array", "items": {"type": "string"},
           "description": "Not due any more, or changed since the list."},
  "wiped": {"type": "boolean",
            "description": "False: bytes may be left on disk; send the same body again."}}},
"Erasure": {"type": "object",
 "required": ["seq", "at", "by", "organisation", "cause", "records", "accounts"],
 "properties": {
  "seq": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
  "by": {"$ref": "#/components/schemas/Named"},
  "organisation": {"$ref": "#/components/schemas/Named"},
  "cause": {"enum": ["retention", "request"]},
  "reason": {"type": "string"},
  "records": {"type": "array", "items": {"type": "object", "required": ["form", "count"],
    "properties": {"form": {"$ref": "#/components/schemas/FullId"},
                   "form_title": {"$ref": "#/components/schemas/Text"},
                   "count": {"type": "integer"}}}},
  "accounts": {"type": "integer"}}},
"ErasurePage": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Erasure"}},
  "next": {"type": "integer"}}},
"HandoverPage": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Handover"}},
  "next": {"type": "integer"},
  "organisations": {"type": "array", "items": {"$ref": "#/components/schemas/Named"}}}},
"TaskPage": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"type": "object",
   "required": ["key", "record", "role", "what"], "properties": {
    "key": {"type": "string"}, "record": {"$ref": "#/components/schemas/RecordLine"},
    "role": {"type": "string"}, "what": {"$ref": "#/components/schemas/Text"},
    "due": {"$ref": "#/components/schemas/Interval"},
    "opened": {"type": "string", "format": "date"}, "overdue": {"type": "boolean"}}}},
  "next": {"type": "string"}, "count_hint": {"type": "integer", "maximum": 99}}},
"Session": {"type": "object", "required": ["account"], "properties": {
  "account": {"anyOf": [{"type": "null"}, {"type": "object", "required": ["id", "name"],
   "properties": {
    "id": {"type": "string"}, "name": {"type": "string"},
    "organisation": {"$ref": "#/components/schemas/Named"},
    "roles": {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {
      "id": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"}}}},
    "totp": {"type": "boolean"}, "must_change_password": {"type": "boolean"},
    "subject": {"type": "string"}}}]},
  "demo": {"type": "boolean"},
  "csrf_token": {"type": ["string", "null"]},
  "language": {"enum": ["nl", "en"]}}},
"TotpEnrolment": {"type": "object", "required": ["secret", "uri"], "properties": {
  "secret": {"type": "string"}, "uri": {"type": "string", "format": "uri"}}},
"Account": {"type": "object", "required": ["id", "login", "name"], "properties": {
  "id": {"type": "string"}, "person": {"type": "string"}, "login": {"type": "string"},
  "name": {"type": "string"}, "organisation": {"$ref": "#/components/schemas/Named"},
  "roles": {"type": "array", "items": {"type": "string"}},
  "active": {"type": "boolean"}, "demo": {"type": "boolean"},
  "subject": {"type": "string"},
  "totp": {"type": "boolean", "description": "Signs in with a code too; in the list only."},
  "one_time_password": {"type": "string"}}},
"Accounts": {"type": "object", "required": ["items", "organisations"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Account"}},
  "organisations": {"type": "array", "items": {"$ref": "#/components/schemas/Named"}}}},
"Webhook": {"type": "object", "required": ["id", "title", "url", "forms", "events", "active"],
 "properties": {
  "id": {"type": "string"}, "title": {"type": "string"}, "url": {"type": "string"},
  "forms": {"type": "array", "items": {"type": "string"}},
  "events": {"type": "array", "items": {"type": "string"}},
  "active": {"type": "boolean"}, "secret": {"type": "string"}}},
"Trial": {"type": "object", "required": ["sent"], "properties": {
  "sent": {"type": "boolean"}, "error": {"$ref": "#/components/schemas/Failure"}}},
"Failure": {"type": "object", "required": ["id", "message", "hint"], "properties": {
  "id": {"type": "string"},
  "message": {"$ref": "#/components/schemas/Text"},
  "hint": {"$ref": "#/components/schemas/Text"}}},
"Webhooks": {"type": "object", "required": ["items", "forms", "events"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Webhook"}},
  "forms": {"type": "array", "items": {"type": "string"}},
  "events": {"type": "array", "items": {"type": "string"}}}},
"Outbox": {"type": "object", "required": ["waiting", "dead", "items"], "properties": {
  "waiting": {"type": "integer"}, "dead": {"type": "integer"},
  "oldest": {"type": "string", "format": "date-time"},
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/Message"}},
  "next": {"type": "string"}}},
"Message": {"type": "object", "required": ["id", "kind", "event", "happened", "state", "tries"],
 "properties": {
  "id": {"type": "string"}, "kind": {"enum": ["webhook", "task", "mail"]},
  "target": {"type": "string"}, "form": {"type": "string"}, "event": {"type": "string"},
  "happened": {"type": "string", "format": "date-time"},
  "due": {"type": "string", "format": "date-time"},
  "sent": {"type": "string", "format": "date-time"},
  "state": {"enum": ["waiting", "dead", "sent"]}, "tries": {"type": "integer"},
  "error": {"$ref": "#/components/schemas/Failure"}}},
"Resent": {"type": "object", "required": ["resent"], "properties": {
  "resent": {"type": "integer"}}},
"MailWish": {"type": "object", "required": ["wish", "address", "language", "possible"],
 "properties": {
  "wish": {"enum": ["at_once", "daily", "never"]}, "address": {"type": "string"},
  "language": {"enum": ["nl", "en"]}, "possible": {"type": "boolean"}}},
"Window": {"type": "object", "required": ["first", "last"], "properties": {
  "first": {"type": "string", "format": "date"}, "last": {"type": "string", "format": "date"},
  "certain": {"type": "boolean"}, "interpretation": {"$ref": "#/components/schemas/Text"}}},
"Verification": {"type": "object", "properties": {"verified": {}}},
"Items": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"type": "object"}}, "next": {}}},
"PackFiles": {"type": "object"},
"JsonSchema": {"type": "object", "description": "JSON Schema 2020-12"},
"Health": {"type": "object", "required": ["status"], "properties": {
  "status": {"const": "pass"}}},
"HealthDetail": {"type": "object", "required": ["status", "checks"], "properties": {
  "status": {"enum": ["pass", "warn"]},
  "checks": {"type": "array", "items": {"type": "object",
   "required": ["id", "title", "status", "value", "threshold"], "properties": {
    "id": {"type": "string"},
    "title": {"type": "string"},
    "status": {"enum": ["pass", "warn"]},
    "value": {"type": "integer"},
    "threshold": {"type": "integer"},
    "since": {"type": "string", "format": "date-time"}}}}}},
"LinkedData": {"type": "object", "required": ["@context", "@graph"], "properties": {
 "@context": {"type": "object"}, "@graph": {"type": "array", "items": {"type": "object"}}}},
"File": {"type": "string", "contentMediaType": "application/octet-stream"},
"Events": {"type": "string", "description":
  "Events `record` {id, form, version}, `tasks` {}, `packs` {}, and `reset` {}: read again."}
})json";

constexpr std::string_view kMetadataSchemas = R"json({
"Catalogue": {"type": "object", "required": ["packs"], "properties": {
  "file_bytes": {"type": "integer", "description": "The largest file that can be added."},
  "demo": {"const": true, "description": "A demonstration: it has accounts with known passwords."},
  "packs": {"type": "array", "items": {"$ref": "#/components/schemas/Pack"}}}},
"Pack": {"type": "object", "required": ["name", "title", "version", "hash"], "properties": {
  "name": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"},
  "version": {"type": "string"}, "hash": {"type": "string"},
  "from_anywhere": {"type": "string", "description": "The form that every page offers."},
  "page_field": {"type": "string", "description":
    "The field of that form that says from which page: words and a path in brackets, or a path."},
  "roles": {"type": "object"}, "sources": {"type": "object"},
  "purposes": {"type": "object",
               "additionalProperties": {"$ref": "#/components/schemas/Text"}},
  "break_glass": {"type": "object", "description": "Forms that the caller may break, by full id.",
    "additionalProperties": {"type": "object", "properties": {
      "title": {"$ref": "#/components/schemas/Text"}, "hours": {"type": "integer"},
      "breakable": {"type": "string"}, "report": {"$ref": "#/components/schemas/Text"}}}},
  "forms": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Form"}},
  "lists": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/List"}},
  "processes": {"type": "object", "additionalProperties": {"type": "object"}},
  "desks": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Desk"}}}},
"Form": {"type": "object", "required": ["title", "fields"], "properties": {
  "title": {"$ref": "#/components/schemas/Text"},
  "plural": {"$ref": "#/components/schemas/Text"},
  "description": {"$ref": "#/components/schemas/Text"},
  "subject": {"type": "string"}, "basis": {"type": "object"}, "audience": {"type": "string"},
  "name": {"type": "array", "items": {"type": "string"}},
  "links": {"type": "array", "items": {"type": "object"}},
  "may": {"type": "array", "items": {"type": "string"}},
  "fields": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Field"}},
  "process": {"anyOf": [{"type": "string"}, {"type": "object"}]}}},
"Field": {"type": "object", "required": ["type", "label"], "properties": {
  "type": {"type": "string"}, "label": {"$ref": "#/components/schemas/Text"},
  "hint": {"$ref": "#/components/schemas/Text"}, "list": {"type": "string"},
  "form": {"type": "string"},
  "fields": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Field"}},
  "accept": {"type": "array", "items": {"type": "string"}},
  "indicators": {"type": "array", "items": {"type": "string"}}, "on": {"type": "string"},
  "required": {"type": "boolean"}, "many": {"type": "boolean"}, "long": {"type": "boolean"},
  "min": {}, "max": {}, "max_items": {"type": "integer"}, "scale": {"type": "integer"},
  "sensitivity": {"type": "string"}, "filterable": {"type": "boolean"},
  "sortable": {"type": "boolean"}, "searchable": {"type": "boolean"}, "retired": {}}},
"List": {"type": "object", "required": ["title", "codes"], "properties": {
  "title": {"$ref": "#/components/schemas/Text"}, "source": {"type": "string"},
  "codes": {"type": "object", "additionalProperties": {"type": "object", "required": ["label"],
   "properties": {
    "label": {"$ref": "#/components/schemas/Text"},
    "from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"},
    "note": {"$ref": "#/components/schemas/Text"}, "meaning": {"type": "string"}}}}}},
"Desk": {"type": "object", "required": ["title", "blocks"], "properties": {
  "title": {"$ref": "#/components/schemas/Text"}, "lead": {"$ref": "#/components/schemas/Text"},
  "order": {"type": "integer"}, "blocks": {"type": "array", "items": {"type": "object"}}}}
})json";

}  // namespace

std::string_view body_schemas() { return kBodySchemas; }
std::string_view answer_schemas() { return kAnswerSchemas; }
std::string_view metadata_schemas() { return kMetadataSchemas; }

}  // namespace zicht::http
