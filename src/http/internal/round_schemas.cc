// The schemas of rounds (docs/formats/api.md).
#include "http/internal/openapi_schemas.h"

namespace zicht::http {
namespace {

constexpr std::string_view kRoundSchemas = R"json({
"RoundSave": {"type": "object", "required": ["rows"], "additionalProperties": false,
 "properties": {
  "rows": {"type": "array", "minItems": 1, "maxItems": 100, "items": {
    "type": "object", "required": ["row", "fields"], "additionalProperties": false,
    "properties": {
     "row": {"$ref": "#/components/schemas/RecordId"},
     "version": {"type": "integer", "minimum": 1,
                 "description": "Of the record of this row; absent: there is none yet."},
     "fields": {"type": "object",
                "description": "Of those that the round asks; what is left out is cleared."}}}},
  "reason": {"$ref": "#/components/schemas/Reason"}}},
"RoundStep": {"type": "object", "required": ["transition", "rows"],
 "additionalProperties": false, "properties": {
  "transition": {"type": "string", "minLength": 1},
  "rows": {"type": "array", "minItems": 1, "maxItems": 100, "items": {
    "type": "object", "required": ["id", "version"], "additionalProperties": false,
    "properties": {
     "id": {"$ref": "#/components/schemas/RecordId"},
     "version": {"type": "integer", "minimum": 1}}}},
  "reason": {"$ref": "#/components/schemas/Reason"}}},
"RoundAsk": {"type": "object", "additionalProperties": false, "properties": {
  "organisation": {"type": "string", "description":
   "That fills in and keeps it; absent: the one that did the last time."},
  "fields": {"type": "object", "description": "Others of the request, such as until when."}}},
"RoundRemind": {"type": "object", "required": ["requests"], "additionalProperties": false,
 "properties": {
  "requests": {"type": "array", "minItems": 1, "maxItems": 500, "items": {
    "type": "object", "required": ["id", "version"], "additionalProperties": false,
    "properties": {
     "id": {"$ref": "#/components/schemas/RecordId"},
     "version": {"type": "integer", "minimum": 1,
                 "description": "At which it was looked at."}}}},
  "reason": {"$ref": "#/components/schemas/Reason"}}},
"RoundReminded": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "description": "In the order of the requests.", "items": {
   "type": "object", "required": ["id", "outcome"], "properties": {
    "id": {"$ref": "#/components/schemas/RecordId"},
    "outcome": {"enum": ["reminded", "today", "refused"],
                "description": "today: left out, as it was reminded today already."},
    "problem": {"type": "object", "required": ["id", "message"], "properties": {
     "id": {"type": "string"}, "message": {"$ref": "#/components/schemas/Text"},
     "hint": {"$ref": "#/components/schemas/Text"}}}}}}}},
"Round": {"type": "object", "required": ["name", "title", "form", "of", "who", "rows", "ask"],
 "properties": {
  "name": {"$ref": "#/components/schemas/FullId"},
  "title": {"$ref": "#/components/schemas/Text"}, "lead": {"$ref": "#/components/schemas/Text"},
  "form": {"$ref": "#/components/schemas/FullId"},
  "of": {"type": "string"}, "who": {"type": "string"}, "rows": {"type": "string"},
  "editions": {"$ref": "#/components/schemas/FullId"},
  "places": {"$ref": "#/components/schemas/FullId"},
  "rows_form": {"$ref": "#/components/schemas/FullId"},
  "set": {"type": "object", "description": "What a new record holds beside what is asked."},
  "about": {"type": "array", "items": {"type": "string"}},
  "ask": {"type": "array", "items": {"type": "string"}},
  "show": {"type": "array", "items": {"type": "string"}},
  "keep": {"type": "array", "items": {"type": "string"}},
  "views": {"type": "object", "required": ["form", "beside", "columns"]},
  "requests": {"type": "object", "required": ["form", "of", "who", "organisation"]}}},
"RoundName": {"type": "object", "required": ["id", "title"], "properties": {
  "id": {"$ref": "#/components/schemas/RecordId"}, "title": {"type": "string"}}},
"RoundItem": {"type": "object", "required": ["id", "title", "version", "fields"],
 "description": "As an item of a search."},
"RoundList": {"type": "object", "required": ["items", "references"], "properties": {
  "items": {"type": "array", "items": {"type": "object", "required": ["round", "editions"],
   "properties": {
    "round": {"$ref": "#/components/schemas/Round"},
    "editions": {"type": "array", "items": {"$ref": "#/components/schemas/RoundItem"}}}}},
  "references": {"$ref": "#/components/schemas/References"}}},
"RoundOverview": {"type": "object", "required": ["round", "of", "rows", "places"],
 "properties": {
  "round": {"$ref": "#/components/schemas/Round"},
  "of": {"$ref": "#/components/schemas/RoundName"},
  "rows": {"type": "integer", "description": "That each place is asked."},
  "places": {"type": "array", "items": {"type": "object",
   "required": ["who", "states", "open", "past"], "properties": {
    "who": {"$ref": "#/components/schemas/RoundName"},
    "states": {"type": "object", "description": "How many records are in each state."},
    "open": {"type": "integer", "description": "Rows that were made and may be filled in still."},
    "past": {"type": "integer", "description": "Rows that are past filling in."},
    "reminder": {"enum": ["late", "waiting", "today"], "description":
     "The caller may remind it: it is late, it is not ready yet, it was reminded today."},
    "request": {"$ref": "#/components/schemas/Record"}}}}}},
"RoundSheet": {"type": "object",
 "required": ["round", "of", "who", "may_create", "asked", "rows", "references"], "properties": {
  "round": {"$ref": "#/components/schemas/Round"},
  "of": {"$ref": "#/components/schemas/RoundName"},
  "who": {"$ref": "#/components/schemas/RoundName"},
  "may_create": {"type": "boolean"},
  "asked": {"type": "boolean",
            "description": "False: it is asked no more, as it ended; what stands here stays."},
  "request": {"$ref": "#/components/schemas/Record"},
  "rows": {"type": "array", "items": {"type": "object", "required": ["row", "open", "views"],
   "properties": {
    "row": {"$ref": "#/components/schemas/RoundItem"},
    "open": {"type": "boolean", "description": "It may be filled in, by who may."},
    "now": {"$ref": "#/components/schemas/Record"},
    "last": {"$ref": "#/components/schemas/RoundItem"},
    "views": {"type": "array", "items": {"$ref": "#/components/schemas/RoundItem"}}}}},
  "references": {"$ref": "#/components/schemas/References"}}}
})json";

}  // namespace

std::string_view round_schemas() { return kRoundSchemas; }

}  // namespace zicht::http
