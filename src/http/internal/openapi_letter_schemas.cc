// The schemas of letters (docs/formats/letter.md).
#include "http/internal/openapi_schemas.h"

namespace zicht::http {
namespace {

constexpr std::string_view kLetterSchemas = R"json({
"LetterMake": {"type": "object", "required": ["template"], "additionalProperties": false,
 "properties": {"template": {"$ref": "#/components/schemas/FullId"},
  "language": {"enum": ["nl", "en"], "default": "nl"}}},
"LetterChange": {"type": "object", "additionalProperties": false, "properties": {
  "title": {"type": "string", "minLength": 1, "maxLength": 400},
  "reason": {"type": "string", "maxLength": 2000},
  "edits": {"type": "array", "maxItems": 500, "items": {"type": "object", "required": ["do"],
   "properties": {
    "do": {"enum": ["reword", "add", "source", "leave_out", "put_back"]},
    "id": {"type": "string", "description": "Of a sentence; of a table to leave it out."},
    "text": {"type": "string", "minLength": 1, "maxLength": 4000},
    "section": {"type": "integer", "minimum": 0},
    "after": {"type": "string", "description": "Add it behind this sentence."},
    "source": {"type": "object", "description": "One of record and text.", "properties": {
     "record": {"$ref": "#/components/schemas/RecordId"},
     "text": {"type": "string", "description": "A source of the pack."}}}}}}}},
"LetterList": {"type": "object", "required": ["templates", "items"], "properties": {
  "templates": {"type": "array", "items": {"type": "object",
   "required": ["name", "title", "pack"], "properties": {
    "name": {"$ref": "#/components/schemas/FullId"},
    "title": {"$ref": "#/components/schemas/Text"},
    "pack": {"type": "object", "properties": {
     "name": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"}}}}}},
  "items": {"type": "array", "items": {"type": "object",
   "required": ["id", "version", "title", "on", "template", "organisation", "changed", "final"],
   "properties": {
    "id": {"$ref": "#/components/schemas/RecordId"}, "version": {"type": "integer"},
    "title": {"type": "string"}, "on": {"type": "string", "format": "date"},
    "template": {"type": "string"},
    "organisation": {"$ref": "#/components/schemas/Named"},
    "changed": {"type": "string", "format": "date-time"}, "final": {"type": "boolean"},
    "state": {"$ref": "#/components/schemas/State"}}}}}},
"LetterSources": {"type": "array", "description": "Empty: without source.",
 "items": {"type": "object", "required": ["kind", "ref"], "properties": {
  "kind": {"enum": ["record", "indicator", "text"]},
  "ref": {"type": "string", "description": "Record, pack/indicator, or pack/source."},
  "version": {"type": "string"}, "title": {"type": "string"},
  "on": {"type": "string", "format": "date"}}}},
"Letter": {"type": "object", "required": ["id", "version", "title", "language", "on", "form",
  "template", "organisation", "may_change", "sections", "left_out", "versions"], "properties": {
  "id": {"$ref": "#/components/schemas/RecordId"}, "version": {"type": "integer"},
  "title": {"type": "string"}, "language": {"enum": ["nl", "en"]},
  "on": {"type": "string", "format": "date"}, "form": {"type": "string"},
  "template": {"type": "object", "required": ["name"], "properties": {
   "name": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"}}},
  "organisation": {"$ref": "#/components/schemas/Named"},
  "final": {"type": "object", "required": ["at"], "properties": {
   "at": {"type": "string", "format": "date-time"}, "by": {"type": "string"}}},
  "may_change": {"type": "boolean"},
  "sections": {"type": "array", "items": {"type": "object",
   "required": ["heading", "level", "sentences", "tables"], "properties": {
    "heading": {"type": "string"}, "level": {"enum": [1, 2]},
    "sentences": {"type": "array", "items": {"type": "object",
     "required": ["id", "text", "sources", "own", "edited"], "properties": {
      "id": {"type": "string"}, "text": {"type": "string"},
      "sources": {"$ref": "#/components/schemas/LetterSources"},
      "own": {"type": "boolean", "description": "Somebody wrote it."},
      "edited": {"type": "boolean"}, "by": {"type": "string"},
      "was": {"type": "string", "description": "What the template says now."}}}},
    "tables": {"type": "array", "items": {"type": "object",
     "required": ["id", "caption", "headings", "rows", "sources"], "properties": {
      "id": {"type": "string"}, "caption": {"type": "string"},
      "headings": {"type": "array", "items": {"type": "string"}},
      "rows": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
      "sources": {"$ref": "#/components/schemas/LetterSources"}}}}}}},
  "left_out": {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {
   "id": {"type": "string"},
   "text": {"type": "string", "description": "As the version before has it; to its readers."}}}},
  "versions": {"type": "array", "description": "Newest first.", "items": {"type": "object",
   "required": ["version", "at"], "properties": {
    "version": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
    "by": {"type": "string"}, "reason": {"type": "string"}}}}}},
"LetterChanges": {"type": "object", "required": ["from", "to", "items"], "properties": {
  "from": {"type": "integer"}, "to": {"type": "integer"},
  "items": {"type": "array", "items": {"type": "object",
   "required": ["change", "id", "before", "after"], "properties": {
    "change": {"enum": ["added", "changed", "source_changed", "gone"]},
    "id": {"type": "string"}, "before": {"type": "string"}, "after": {"type": "string"}}}}}}
})json";

}  // namespace

std::string_view letter_schemas() { return kLetterSchemas; }

}  // namespace zicht::http
